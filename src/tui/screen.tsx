import { Text, useInput } from 'ink'
import { memo } from 'react'
import type { Line, Span } from './spans.ts'

export interface ScreenProps {
  readonly lines: readonly Line[]
  readonly colours: boolean
  /** Makes a text safe for whoever counts its columns: see `GlyphTable`. */
  readonly encode: (text: string) => string
  /** A character, `ctrl+` and a letter, or a key's name. */
  readonly onKey: (key: string) => void
}

/** Draws the lines, one below the other, and hands on every key. Whoever renders it keeps time. */
export function Screen({ lines, colours, encode, onKey }: ScreenProps) {
  useInput((input, key) => {
    const name = nameOf(key)
    if (name !== null) onKey(name)
    else if (key.ctrl) onKey(`ctrl+${input}`)
    else for (const character of input) onKey(character === '\r' || character === '\n' ? 'return' : character)
  })
  return lines.map((line, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a row of the terminal has no other identity
    <Row key={row} line={line} colours={colours} encode={encode} />
  ))
}

const Row = memo(function Row({ line, colours, encode }: Omit<ScreenProps, 'lines' | 'onKey'> & { readonly line: Line }) {
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

const names = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const

function nameOf(key: Readonly<Record<(typeof names)[number][0], boolean>>): string | null {
  return names.find(([flag]) => key[flag])?.[1] ?? null
}
