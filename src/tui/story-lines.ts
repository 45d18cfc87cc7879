import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import { pointsOf, type StoryBlock } from './view-model.ts'

export interface StoryLine {
  readonly type: StoryBlock['type'] | 'failure'
  readonly text: string
  /** `+5`, after the text of a command. */
  readonly points: string
}

/** The end of the story as it fits into a window, at most `height` lines of at most `width` columns. */
export function lastLines(story: readonly StoryBlock[], width: number, height: number): readonly StoryLine[] {
  let lines: readonly StoryLine[] = []
  for (const block of story.toReversed()) {
    const gap = lines.length > 0 && lines[0]?.type !== 'text' ? [{ type: 'text', text: '', points: '' } as const] : []
    lines = [...linesOf(block, width), ...gap, ...lines]
    if (lines.length >= height) break
  }
  return lines.slice(Math.max(0, lines.length - height))
}

function linesOf(block: StoryBlock, width: number): readonly StoryLine[] {
  switch (block.type) {
    case 'text':
      return wrap(block.text, width).map((text) => ({ type: 'text', text, points: '' }))
    case 'notice': {
      const type = block.bad ? 'failure' : 'notice'
      return wrap(block.text, width).map((text) => ({ type, text, points: '' }))
    }
    case 'command': {
      const points = pointsOf(block.points)
      const room = width - (points === '' ? 0 : stringWidth(points) + 2)
      const lines = wrap(`> ${block.command}`, room)
      return lines.map((text, row) => ({ type: 'command', text, points: row === lines.length - 1 ? points : '' }))
    }
  }
}

/** By words; a line that fits keeps its indentation, as maps and tables need. */
function wrap(text: string, width: number): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => (stringWidth(line) <= width ? [line] : wrapAnsi(line, width, { hard: true }).split('\n')))
}
