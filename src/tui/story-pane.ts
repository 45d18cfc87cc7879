import type { Size } from './layout.ts'
import { dim, filled, type Line, line, span } from './spans.ts'
import { type StoryLine, storyWindow } from './story-lines.ts'
import type { StoryBlock } from './view-model.ts'

/** Longer lines than this are no pleasure to read. */
const longestMeasure = 100

/** The story's end, or `scroll` lines above it. */
export function storyPane(story: readonly StoryBlock[], size: Size, scroll: number): readonly Line[] {
  const { lines, below } = storyWindow(story, Math.min(size.columns, longestMeasure), size.rows, scroll)
  const shown = lines.map(drawn)
  if (below === 0) return filled(shown, size.rows)
  const more = `… ${below} more ${below === 1 ? 'line' : 'lines'} below, End shows them`
  return [...filled(shown.slice(1), size.rows - 1), line(more.slice(0, size.columns), dim)]
}

function drawn({ type, text, points, person }: StoryLine): Line {
  switch (type) {
    case 'text':
      return line(text)
    case 'notice':
      return line(text, dim)
    case 'failure':
      return line(text, { colour: 'red' })
    case 'command': {
      const command = span(text, { bold: true, colour: person ? 'magenta' : 'cyan' })
      if (points === '') return [command]
      const sign = points.startsWith('-') ? 'red' : 'green'
      return [command, span('  '), span(points, { bold: true, colour: sign })]
    }
  }
}
