import { Text } from 'ink'
import { memo } from 'react'
import type { Line, Span } from './spans.ts'

export interface ScreenProps {
  readonly lines: readonly Line[]
  readonly colours: boolean
  /** Makes a text safe for whoever counts its columns: see `GlyphTable`. */
  readonly encode: (text: string) => string
}

/** Draws the lines, one below the other. Whoever renders it keeps time. */
export function Screen({ lines, colours, encode }: ScreenProps) {
  return lines.map((line, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a row of the terminal has no other identity
    <Row key={row} line={line} colours={colours} encode={encode} />
  ))
}

const Row = memo(function Row({ line, colours, encode }: Omit<ScreenProps, 'lines'> & { readonly line: Line }) {
  if (line.every(({ text }) => text === '')) return <Text> </Text>
  return (
    <Text wrap="truncate">
      {line.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor has a piece of it
        <Text key={index} {...look(piece, colours)}>
          {encode(piece.text)}
        </Text>
      ))}
    </Text>
  )
})

function look({ bold = false, dim = false, inverse = false, colour }: Span, colours: boolean) {
  return { bold, dimColor: dim, inverse, ...(colours && colour ? { color: colour } : {}) }
}
