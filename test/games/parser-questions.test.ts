import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choices, PARSER_ASKS } from '../../games/parser-questions.ts'

describe('what a parser asks', () => {
  it.each([
    ['Which door do you mean, the wooden door or the trap door?', ['wooden door', 'trap door']],
    ['Which do you mean, either the red book, a blue book, or your own?', ['red book', 'blue book', 'own']],
    ['Which one do you mean,\nthe brass lantern, or the lamp?', ['brass lantern', 'lamp']],
    ['Why? (Which egg?) Which egg do you mean, the jeweled or\nthe broken egg?', ['jeweled', 'broken egg']],
    ['Which way?', []],
    ['A door, which is open, leads north.', []],
  ])('%s', (text, things) => {
    expect(choices(text)).toEqual(things)
  })

  it('is what the words would say that read it from its beginning', () => {
    const word = fc.constantFrom('which', 'whichever', 'what', 'mean', 'do you', 'the', 'egg', ',', '?', '.', '!', ' ')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const text = words.join(' ')
        const list = /\bwhich\b[^?]*?(?:mean|do you[^,?]*)?,\s*([^?]+)\?/i.exec(text)?.[1]
        expect(choices(text)).toEqual(list === undefined ? [] : choices(`which, ${list}?`))
        expect(PARSER_ASKS.test(text)).toBe(/\b(?:which|what|whom?)\b[^.!]*\?/i.test(text))
      }),
    )
  })

  it.each(['which ', 'which, ', 'which do you mean ', 'what ', 'who', '?', ',', ' ', '?, '])(
    'is found in a moment in a text of nothing but "%s"',
    (unit) => {
      const text = unit.repeat(200_000 / unit.length)
      const start = process.cpuUsage()
      choices(text)
      choices(`which, ${text}?`)
      PARSER_ASKS.test(text)
      expect(process.cpuUsage(start).user).toBeLessThan(500_000)
    },
  )
})
