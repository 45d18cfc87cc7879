import { describe, expect, test } from 'vitest'
import { completions, edited, emptyLine, type LineEdit, typed } from '../../../src/tui/line-edit.ts'

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
  })

  test('takes no names of keys and no control characters', () => {
    expect(edited(emptyLine, 'pageup')).toBeNull()
    expect(edited(emptyLine, '\u0007')).toBeNull()
    expect(typed(keyed('up', 'q'))).toBe('q')
  })
})

test('completions begin with what was typed, or else hold its words', () => {
  const choices = ['open ledger', 'open sluice', 'read ledger']
  expect(completions('open', choices)).toEqual(['open ledger', 'open sluice'])
  expect(completions('ledger', choices)).toEqual(['open ledger', 'read ledger'])
  expect(completions('ledger re', choices)).toEqual(['read ledger'])
  expect(completions('', choices)).toEqual(choices)
  expect(completions('sing', choices)).toEqual([])
})
