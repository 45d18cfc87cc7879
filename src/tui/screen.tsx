import { Box, Text, useInput } from 'ink'
import { AdvantageTable, marks } from './advantage-table.tsx'
import { oneLine } from './columns.ts'
import type { Pace } from './keys.ts'
import { captionOf, divider, type Layout, layoutOf, type Size } from './layout.ts'
import { type Palette, PaletteContext } from './palette.ts'
import { ScoresPanel } from './scores-panel.tsx'
import { PlainLine, StatusLine, StatusLines } from './status-lines.tsx'
import { StoryPanel } from './story-panel.tsx'
import type { ViewModel } from './view-model.ts'

export interface ScreenProps {
  readonly view: ViewModel
  readonly pace: Pace
  readonly size: Size
  readonly palette: Palette
  /** A character, or `ctrl+` and a letter. */
  readonly onKey: (key: string) => void
}

/** Exactly as large as `size`, but for the one-line form. Draws only; whoever renders it keeps time. */
export function Screen({ view, pace, size, palette, onKey }: ScreenProps) {
  useInput((input, key) => {
    if (key.ctrl) onKey(`ctrl+${input}`)
    else for (const character of input) onKey(character)
  })
  return (
    <PaletteContext value={palette}>
      <Frame view={view} pace={pace} size={size} layout={layoutOf(size)} />
    </PaletteContext>
  )
}

function Frame(props: Pick<ScreenProps, 'view' | 'pace' | 'size'> & { readonly layout: Layout }) {
  const { view, pace, size, layout } = props
  const { columns, rows } = size
  if (layout.type === 'line') return <PlainLine view={view} pace={pace} columns={columns} />
  const bottom = (
    <>
      <ScoresPanel view={view} columns={columns} rows={layout.chart} />
      <Keys columns={columns} paused={pace.paused} />
    </>
  )
  if (layout.type === 'stacked') {
    return (
      <Box flexDirection="column" width={columns} height={rows}>
        <StatusLine view={view} pace={pace} columns={columns} />
        {layout.story.rows > 0 && (
          <>
            <StoryPanel story={view.story} size={layout.story} />
            <Rule columns={columns} />
          </>
        )}
        <AdvantageTable table={view.table} size={layout.table} />
        <Rule columns={columns} />
        {bottom}
      </Box>
    )
  }
  const before = layout.story.columns + 1
  const captionRule = layout.table.rows - captionOf(layout.table.rows).rows
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <StatusLines view={view} pace={pace} columns={columns} />
      <Rule columns={columns} joint="┬" at={before} />
      <Box>
        <StoryPanel story={view.story} size={layout.story} />
        <Text dimColor>
          {Array.from({ length: layout.table.rows }, (_, row) => (row === captionRule ? ' ├─' : divider)).join('\n')}
        </Text>
        <AdvantageTable table={view.table} size={layout.table} />
      </Box>
      <Rule columns={columns} joint="┴" at={before} />
      {bottom}
    </Box>
  )
}

function Rule({ columns, joint, at }: { readonly columns: number; readonly joint?: string; readonly at?: number }) {
  const line = '─'.repeat(columns)
  return <Text dimColor>{joint && at !== undefined ? line.slice(0, at) + joint + line.slice(at + 1) : line}</Text>
}

function Keys({ columns, paused }: { readonly columns: number; readonly paused: boolean }) {
  const parts = [
    { text: paused ? 'space run' : 'space pause', drop: 1 },
    { text: 'n one turn', drop: 1 },
    { text: '+/- speed', drop: 2 },
    { text: 'q quit', drop: 0 },
    { text: `${marks.chosen} chosen  ${marks.staticChoice} static choice`, drop: 3 },
  ]
  return <Text dimColor>{oneLine(parts, columns, '   ')}</Text>
}
