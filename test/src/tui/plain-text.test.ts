import { describe, expect, test } from 'vitest'
import { plainLine, plainText } from '../../../src/tui/plain-text.ts'

describe('plain text', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['cursor movements', 'a\u001b[2J\u001b[10;10Hb', 'ab'],
    ['a window title', '\u001b]0;owned\u0007door', 'door'],
    ['a hyperlink', '\u001b]8;;http://x.test\u0007link\u001b]8;;\u0007', 'link'],
    ['8-bit control sequences', '\u009b31mred', 'red'],
    ['a lone escape', 'a\u001bb', expect.not.stringContaining('\u001b')],
    ['backspaces and bells', 'pass\u0008\u0007word', 'password'],
    ['direction overrides', 'abc\u202edcba\u2066x\u2069', 'abcdcbax'],
    ['zero-width and soft characters', 'la\u200bn\u00adtern\ufeff', 'lantern'],
    ['tag characters', 'lamp\u{e0041}\u{e007f}', 'lamp'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('has no %s', (_, raw, plain) => {
    expect(plainText(raw)).toEqual(plain)
  })

  test('keeps line feeds, turns other line ends into them and tabs into spaces', () => {
    expect(plainText('a\nb\r\nc\rd\u2028e\tf')).toBe('a\nb\nc\nd\ne    f')
  })

  test('keeps letters of all scripts and composes combining characters', () => {
    expect(plainText('caf\u0065\u0301 迷宮 👩\u200d🚀')).toBe(
      'café 迷宮 👩\u200d🚀'.replace('café', 'cafe\u0301'.normalize()),
    )
  })

  test('of one line has single spaces and no ends', () => {
    expect(plainLine('  take\n the\t lamp ')).toBe('take the lamp')
  })
})
