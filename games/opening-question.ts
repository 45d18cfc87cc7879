import type { Machine } from './machine.ts'
import { attempt } from './prompt.ts'

const QUESTIONS_AT_MOST = 4
const REPLIES = ['no', 'n', 'yes', 'y', '']
/** Told apart by every parser; a question takes none of them ("Please type y or n"): no first letter says yes or no. */
const TELLING = ['look', 'inventory', 'east', 'zzyzx']
/** How many key prompts in a row are passed before a story counts as one that only wants keys. */
export const OPENING_KEYS = 20

/**
 * Answers what a story asks before it takes commands ("Do you need instructions?"), and leaves the machine at the first
 * prompt that takes any. Returns the answers: none where there is no such question, or where none of them helps.
 */
export function passOpeningQuestion(machine: Machine): string[] {
  const first = machine.save()
  const answers: string[] = []
  while (answers.length < QUESTIONS_AT_MOST && isQuestion(machine)) {
    const here = machine.save()
    const echo = attempt(machine, TELLING[0] ?? '')
    const reply = REPLIES.find((candidate) => {
      machine.load(here)
      const answer = attempt(machine, candidate)
      passKeys(machine)
      return answer !== null && answer !== echo && machine.input === 'line'
    })
    if (reply === undefined) break
    answers.push(reply)
  }
  if (!isQuestion(machine)) return answers
  machine.load(first)
  machine.glk.takeText()
  return []
}

/** Answers key prompts with Enter; what else a story does before its first line prompt is not to be chosen. */
export function passKeys(machine: Machine): string {
  let text = ''
  for (let i = 0; i < OPENING_KEYS && machine.input === 'char'; i++) {
    machine.key('')
    text += machine.glk.takeText()
  }
  return text
}

function isQuestion(machine: Machine): boolean {
  if (machine.input !== 'line') return false
  const here = machine.save()
  const answers = TELLING.map((command) => {
    machine.load(here)
    return attempt(machine, command)
  })
  machine.load(here)
  machine.glk.takeText()
  return new Set(answers).size === 1
}
