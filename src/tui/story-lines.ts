import { textWidth } from './text-width.ts'
import { pointsOf, type StoryBlock } from './view-model.ts'
import { wordWrap } from './word-wrap.ts'

export interface StoryLine {
  readonly type: StoryBlock['type'] | 'failure'
  readonly text: string
  /** `+5`, after the text of a command. */
  readonly points: string
  readonly person: boolean
}

export interface StoryWindow {
  readonly lines: readonly StoryLine[]
  /** Lines of the story below the window. */
  readonly below: number
}

/**
 * What of the story a window shows that ends `scroll` lines above its end: at most `height` lines of at most `width`
 * columns. Scrolled beyond the beginning, it shows the beginning.
 */
export function storyWindow(story: readonly StoryBlock[], width: number, height: number, scroll = 0): StoryWindow {
  const parts: (readonly StoryLine[])[] = []
  let count = 0
  let after: StoryBlock | null = null
  for (const block of story.toReversed()) {
    const lines = wrapped(block, width)
    const gap = after !== null && after.type !== 'text' ? [emptyLine] : []
    parts.push(gap.length > 0 ? [...lines, ...gap] : lines)
    count += lines.length + gap.length
    after = block
    if (count >= height + scroll) break
  }
  const lines = parts.reverse().flat()
  const below = Math.max(0, Math.min(scroll, lines.length - height))
  return { lines: lines.slice(Math.max(0, lines.length - below - height), lines.length - below), below }
}

const emptyLine: StoryLine = { type: 'text', text: '', points: '', person: false }

/** A block is wrapped once for a width: a frame shows mostly what the last one showed. */
const known = new WeakMap<StoryBlock, { readonly width: number; readonly lines: readonly StoryLine[] }>()

function wrapped(block: StoryBlock, width: number): readonly StoryLine[] {
  const before = known.get(block)
  if (before?.width === width) return before.lines
  const lines = linesOf(block, width)
  known.set(block, { width, lines })
  return lines
}

function linesOf(block: StoryBlock, width: number): readonly StoryLine[] {
  switch (block.type) {
    case 'text':
      return wordWrap(block.text, width).map((text) => ({ ...emptyLine, text }))
    case 'notice': {
      const type = block.bad ? 'failure' : 'notice'
      return wordWrap(block.text, width).map((text) => ({ ...emptyLine, type, text }))
    }
    case 'command': {
      const { person } = block
      const points = pointsOf(block.points)
      const room = width - (points === '' ? 0 : textWidth(points) + 2)
      const lines = wordWrap(`> ${block.command}${person ? ' (you)' : ''}`, room)
      const last = lines.length - 1
      return lines.map((text, row) => ({ type: 'command', text, points: row === last ? points : '', person }))
    }
  }
}
