import type { Machine, MachineState } from './machine.ts'
import { passKeys } from './opening-keys.ts'
import { attempt } from './prompt.ts'

const QUESTIONS_AT_MOST = 4
/** A story that asks everything anew in other words is none that can be answered. */
const MOST_QUESTIONS = 30
const REPLIES = ['no', 'n', 'yes', 'y', '', 'sam']
/** Told apart by every parser; a question takes none of them ("Please type y or n"): no first letter says yes or no. */
const TELLING = ['look', 'inventory', 'east', 'zzyzx']

/** A prompt on the way to the first that takes commands. */
interface Asked {
  readonly state: MachineState
  /** The answers that led there, with the keys that were asked for between them. */
  readonly answers: string[]
}

/**
 * Answers what a story asks before it takes commands ("Do you need instructions?", "What is your name?"), and leaves
 * the machine at the first prompt that takes any. Returns the answers: none where there is no such question, or where
 * none of them helps.
 */
export function passOpeningQuestion(machine: Machine): string[] {
  const first = machine.save()
  const known = new Set<string>()
  let open: readonly Asked[] = [{ state: first, answers: [] }]
  for (let depth = 0; depth <= QUESTIONS_AT_MOST; depth++) {
    const next: Asked[] = []
    for (const { state, answers } of open) {
      machine.load(state)
      const question = questionAt(machine)
      if (question === null) return answers
      if (known.has(question) || known.size >= MOST_QUESTIONS) continue
      known.add(question)
      for (const reply of REPLIES) {
        machine.load(state)
        const answer = attempt(machine, reply)
        if (answer === null) continue
        const { keys } = passKeys(machine, answer)
        if (machine.input === 'line') next.push({ state: machine.save(), answers: [...answers, reply, ...keys] })
      }
    }
    open = next
  }
  machine.load(first)
  machine.glk.takeText()
  return []
}

/** Where the machine stands and what anything is answered there; null for a prompt that tells commands apart. */
function questionAt(machine: Machine): string | null {
  if (machine.input !== 'line') return null
  const here = machine.save()
  const { position } = machine
  const answers = TELLING.map((command) => {
    machine.load(here)
    // A question may repeat what was typed: "Hello, east. Is that right?"
    return attempt(machine, command)?.toLowerCase().replaceAll(command, '')
  })
  machine.load(here)
  machine.glk.takeText()
  return new Set(answers).size === 1 ? `${position} ${answers[0]}` : null
}
