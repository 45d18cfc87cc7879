import { describe, expect, test } from 'vitest'
import { completions, edited, emptyLine, type LineEdit, longestLine, typed } from '../../../src/tui/line-edit.ts'
import { textOf, widthOf } from '../../../src/tui/spans.ts'
import { typingLine } from '../../../src/tui/typing-line.ts'

function keyed(...keys: readonly string[]): LineEdit {
  return keys.reduce<LineEdit>((line, key) => edited(line, key) ?? line, emptyLine)
}
/** The text with the cursor as a bar. */
const shown = ({ clusters, cursor }: LineEdit) =>
  `${clusters.slice(0, cursor).join('')}|${clusters.slice(cursor).join('')}`

describe('a line that is typed', () => {
  test.each([
    [['a', 'b', 'left', 'c'], 'ac|b'],
    [['a', 'b', 'left', 'left', 'left', 'right'], 'a|b'],
    [['a', 'b', 'home', 'c', 'end', 'd'], 'cabd|'],
    [['a', 'b', 'backspace'], 'a|'],
    [['a', 'b', 'left', 'delete'], 'a|'],
    [['a', 'b', 'left', 'ctrl+u'], '|b'],
    [['a', 'b', 'left', 'ctrl+k'], 'a|'],
    [['a', ' ', 'b', 'c', ' ', 'ctrl+w'], 'a |'],
    [['a', 'ctrl+a', 'b', 'ctrl+e', 'c'], 'bac|'],
  ])('%j is %s', (keys, text) => {
    expect(shown(keyed(...keys))).toBe(text)
  })

  test('goes by what a person sees as one character', () => {
    expect(shown(keyed('e', '\u0301', 'x', 'left', 'backspace'))).toBe('|x')
    expect(shown(keyed('👩', 'a', 'left', 'left', 'delete'))).toBe('|a')
    expect(shown(keyed('👩', '\u200d', '👧', 'a', 'home', '\u0301', 'b', 'end', 'backspace'))).toBe(
      '\u0301b👩\u200d👧|',
    )
    expect(keyed('🇩', '🇪', '🇫', '🇷').clusters).toEqual(['🇩🇪', '🇫🇷'])
  })

  test('takes no names of keys and no control characters', () => {
    expect(edited(emptyLine, 'pageup')).toBeNull()
    expect(edited(emptyLine, '\u0007')).toBeNull()
    expect(typed(keyed('up', 'q'))).toBe('q')
  })
})

describe('a long paste', () => {
  test.each([
    ['words', ['a', 'b', 'c', ' ', 'd']],
    ['wide characters', ['漢']],
    ['marks upon one letter', ['\u0301']],
  ])('of %s takes no longer than somebody looks, and is cut', (_, keys) => {
    const start = process.cpuUsage()
    const line = keyed(...Array.from({ length: 4000 }, (_, i) => keys[i % keys.length] ?? ''))
    const shownLine = typingLine('> ', line, '', 80)
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
    expect(typed(line)).toHaveLength(longestLine)
    expect(widthOf(shownLine)).toBe(80)
  })
})

test('a line that is wider than the screen shows its end, the cursor behind it', () => {
  const shownIn = (columns: number) => textOf(typingLine('> ', keyed(...'open 漢字漢字'), '', columns))
  expect(shownIn(20)).toBe('> open 漢字漢字     ')
  // Seven of the twelve columns are left for what stands before the cursor.
  expect(shownIn(12)).toBe('> 字漢字    ')
})

test('completions begin with what was typed, or else hold its words', () => {
  const choices = ['open ledger', 'open sluice', 'read ledger']
  expect(completions('open', choices)).toEqual(['open ledger', 'open sluice'])
  expect(completions('ledger', choices)).toEqual(['open ledger', 'read ledger'])
  expect(completions('ledger re', choices)).toEqual(['read ledger'])
  expect(completions('', choices)).toEqual(choices)
  expect(completions('sing', choices)).toEqual([])
})
