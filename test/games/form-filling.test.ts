import { describe, expect, it } from 'vitest'
import { fill, isOrder, stock, takesDirection, takesNumber, takesTopic } from '../../games/form-filling.ts'
import type { Slot } from '../../games/grammar.ts'
import type { Template } from '../../games/templates.ts'

const NOUN: Slot = { type: 'noun', held: false }

/** A form as it is written, `N` for a noun and `Q` for what is quoted. */
function form(text: string): Template {
  const parts = text
    .split(' ')
    .map((part) => (part === 'N' ? NOUN : part === 'Q' ? ({ type: 'quote' } as const) : part))
  return { parts, slots: parts.filter((part) => typeof part !== 'string') }
}

describe('a form', () => {
  it('is filled in the order of its slots', () => {
    expect(fill(form('put N in N'), ['egg', 'case'])).toBe('put egg in case')
  })

  it('has quotation marks around what is said', () => {
    expect(fill(form('say Q'), ['odysseus'])).toBe('say "odysseus"')
  })

  it.each(['turn N to N', 'set N to N', 'master, turn N to N'])('takes a number where something is set: %s', (text) => {
    expect(takesNumber(form(text))).toBe(true)
  })

  it.each(['give N to N', 'turn N with N', 'turn N'])('takes none elsewhere: %s', (text) => {
    expect(takesNumber(form(text))).toBe(false)
  })

  it.each(['push N N', 'push N to N', 'roll N N'])('takes a direction where something is pushed: %s', (text) => {
    expect(takesDirection(form(text))).toBe(true)
  })

  it.each(['give N to N', 'push N', 'push N under N', 'turn N to N'])('takes none elsewhere: %s', (text) => {
    expect(takesDirection(form(text))).toBe(false)
  })

  it('takes a topic where two things are spoken of one to the other', () => {
    expect(['ask N about N', 'ask N for N', 'talk about N'].map(form).map(takesTopic)).toEqual([true, false, false])
  })

  it('is an order where people are told such things', () => {
    expect(['open N', 'take N', 'wait', 'eat N', 'open N with N'].map(form).map(isOrder)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe("a verb's stock answer", () => {
  it('is the same whatever it names and whatever was done by the way', () => {
    const bare = stock("You can't put that on the troll.", ['troll'])
    expect(stock("(first taking the lamp)\nYou can't put that on the altar.", ['altar', 'lamp'])).toBe(bare)
  })

  it.each([
    ['line ends', '\n'],
    ['carriage returns', '\r'],
    ['blanks', ' '],
    ['asides that do not end', '(\n'],
  ])('is found in a moment in a text of nothing but %s', (_, unit) => {
    const start = process.cpuUsage()
    expect(stock(unit.repeat(200_000 / unit.length), [])).toBe('')
    expect(process.cpuUsage(start).user).toBeLessThan(500_000)
  })
})
