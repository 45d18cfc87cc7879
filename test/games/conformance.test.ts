import { describe, expect, it } from 'vitest'
import { Machine } from '../../games/machine.ts'
import { enter } from '../../games/prompt.ts'
import { packagedStory } from './shared-stories.ts'

/** Everything that the story prints, line by line, while the commands are typed. */
function transcript(name: string, commands: readonly string[]): string[] {
  const machine = new Machine(packagedStory(name), 0)
  const text = machine.glk.takeText() + commands.map((command) => enter(machine, command)).join('')
  return text.split('\n').map((line) => line.trim())
}

describe("Praxix, Zarf's unit tests of the Z-machine", () => {
  const lines = transcript('praxix.z5', ['all'])

  it('passes as a whole', () => {
    expect(lines).toContain('All tests passed.')
  })

  // Its test "spec11" is left out: it shows colours for somebody to look at and gives no verdict.
  const TESTS = `operand arith comarith bitwise shift inc incchk array undo multiundo indirect streamtrip streamop
    throwcatch tables specfixes spec12`.split(/\s+/)

  it('passes in each of its tests', () => {
    expect(lines.filter((line) => line === 'Passed.')).toHaveLength(TESTS.length)
    expect(lines.filter((line) => line.includes('FAIL'))).toEqual([])
  })

  it.each(TESTS)('passes "%s" alone', (test) => {
    expect(transcript('praxix.z5', [test])).toContain('Passed.')
  })
})

describe('TerpEtude, its exerciser of input and output', () => {
  /** Commands that lead through a test, from the menu. */
  const having = (...commands: string[]) => transcript('etude.z5', commands)
  const ACCORDING_TO_SPEC = /appears to behave according to spec/

  it('finds multiplication, division and remainder right', () => {
    const lines = having('6')
    expect(lines.filter((line) => line.endsWith('(ok)'))).toHaveLength(12)
    expect(lines.at(-3)).toMatch(ACCORDING_TO_SPEC)
  })

  it('can undo twice', () => {
    expect(having('13', 'u', 'u').at(-3)).toMatch(ACCORDING_TO_SPEC)
  })

  it('sees the keys that are pressed', () => {
    expect(having('8', 'a', '', 'ä', '.').filter((line) => line.startsWith('code='))).toEqual([
      "code=97: ASCII character 'a'",
      "code=13: control character 'ctrl-M' (z-machine 'newline')",
      'code=155: a-umlaut:ä',
    ])
  })

  it('sees a line in small letters', () => {
    expect(having('9', 'Xä', '').filter((line) => line.startsWith('code='))).toEqual([
      "code=120: ASCII character 'x'",
      'code=155: a-umlaut:ä',
    ])
  })

  it('says truly that it times no input', () => {
    expect(having('10', 'a', '.').filter((line) => ACCORDING_TO_SPEC.test(line))).toHaveLength(1)
    expect(having('11', 'a', 'some words', '.').filter((line) => ACCORDING_TO_SPEC.test(line))).toHaveLength(1)
  })

  it('goes on with a line that the story has begun', () => {
    expect(having('12', ' and typed').join(' ')).toContain('You just typed "given and typed".')
  })

  it('claims in its header what it does', () => {
    expect(having('3')).toEqual(
      expect.arrayContaining([
        'Your interpreter claims to follow revision 1.2 of the Z-Spec.',
        'Interpreter claims that timed input IS NOT available.',
        'Interpreter claims that "undo" IS available.',
      ]),
    )
  })

  it('shows text in every style, and what is printed just before the end', () => {
    expect(having('4').at(-3)).toBe('End of styles test.')
    expect(having('14', 'y').filter(Boolean).at(-1)).toBe('This is a final line of text. Goodbye.')
  })

  it('prints the accented letters of the Standard (§3.8.5.3)', () => {
    const shown = having('7', '.').join(' ')
    for (const letter of 'äöüÄÖÜß»«ëïÿËÏáéíóúýÁÉÍÓÚÝàèìòùÀÈÌÒÙâêîôûÂÊÎÔÛåÅøØãñõÃÑÕæÆçÇþðÞÐ£œŒ¡¿') {
      expect(shown).toContain(`:${letter}`)
    }
  })

  it('has printed its last words when it ends', () => {
    expect(having('.').filter(Boolean).at(-1)).toBe('Goodbye.')
  })
})
