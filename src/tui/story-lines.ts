import stringWidth from 'string-width'
import { pointsOf, type StoryBlock } from './view-model.ts'
import { wordWrap } from './word-wrap.ts'

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
      return wordWrap(block.text, width).map((text) => ({ type: 'text', text, points: '' }))
    case 'notice': {
      const type = block.bad ? 'failure' : 'notice'
      return wordWrap(block.text, width).map((text) => ({ type, text, points: '' }))
    }
    case 'command': {
      const points = pointsOf(block.points)
      const room = width - (points === '' ? 0 : stringWidth(points) + 2)
      const lines = wordWrap(`> ${block.command}`, room)
      return lines.map((text, row) => ({ type: 'command', text, points: row === lines.length - 1 ? points : '' }))
    }
  }
}
