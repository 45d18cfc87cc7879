import { Box, Text } from 'ink'
import { useContext } from 'react'
import type { Size } from './layout.ts'
import { PaletteContext } from './palette.ts'
import { lastLines, type StoryLine } from './story-lines.ts'
import type { StoryBlock } from './view-model.ts'

/** Longer lines than this are no pleasure to read. */
const longestMeasure = 100

export function StoryPanel({ story, size }: { readonly story: readonly StoryBlock[]; readonly size: Size }) {
  const lines = lastLines(story, Math.min(size.columns, longestMeasure), size.rows)
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the terminal has no other identity
        <Line key={row} line={line} />
      ))}
    </Box>
  )
}

function Line({ line }: { readonly line: StoryLine }) {
  const palette = useContext(PaletteContext)
  switch (line.type) {
    case 'text':
      return <Text>{line.text || ' '}</Text>
    case 'notice':
      return <Text dimColor>{line.text || ' '}</Text>
    case 'failure':
      return <Text {...palette.loss}>{line.text || ' '}</Text>
    case 'command':
      return (
        <Text bold {...palette.command}>
          {line.text}
          {line.points && (
            <Text {...(line.points.startsWith('-') ? palette.loss : palette.gain)}>{`  ${line.points}`}</Text>
          )}
        </Text>
      )
  }
}
