import { z } from 'zod'
import { findCounters } from './find-counters.ts'
import { findPlayer } from './find-player.ts'
import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import { passOpeningQuestion } from './opening-question.ts'

/** How sure it is where a story keeps something: tried out, seen again and again, or only likely by a name or a shape. */
const sureness = z.enum(['certain', 'likely', 'guess', 'unknown'])

const origin = z.object({ how: z.string(), sure: sureness })

/** How something was found out, in a few words, and how sure it is. */
export type Origin = Readonly<z.infer<typeof origin>>

export const calibrationSchema = z.object({
  /** Commands that lead from the first prompt to one that takes any: answers to "Do you need instructions?", and keys. */
  opening: z.array(z.string()),
  /** `Machine.position` of that prompt. */
  prompt: z.string(),
  /** The player's object: in a global at this address, or always this number. */
  player: z.union([z.object({ global: z.int() }), z.object({ object: z.int() })]).nullable(),
  /**
   * Points: in a global at this address; as `score` prints them, asked on a snapshot after every turn; as the status
   * line shows them. Null: the story has none.
   */
  score: z.union([z.object({ global: z.int() }), z.object({ from: z.enum(['answer', 'status line']) })]).nullable(),
  /** Address of the global that counts turns. */
  moves: z.int().nullable(),
  maxScore: z.int().nullable(),
  origins: z.object({ player: origin, score: origin, maxScore: origin, moves: origin }),
})

/** Where a story keeps what the player is told, found by trying and not by tables of titles. */
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>

/** A story whose globals were written to may loop; an honest `score` or walk takes a twentieth of this. */
const POKED_FUEL = 200_000
/** Steps of all turns that are tried; the shared stories take a hundredth. */
const PATIENCE = 200_000_000

/** Tries things from the state the machine is in, and leaves it in that state. */
export function calibrate(machine: Machine, objects: ObjectTable): Calibration {
  const first = machine.save()
  const { keepsUndo, fuel } = machine
  machine.keepsUndo = false
  machine.fuel = POKED_FUEL
  machine.patience = machine.spent + PATIENCE
  try {
    const opening = passOpeningQuestion(machine)
    const start = machine.save()
    const prompt = machine.position
    const { player, origin } = findPlayer(machine, objects, start)
    const { score, maxScore, moves, origins } = findCounters(machine, start)
    return { opening, prompt, player, score, maxScore, moves, origins: { player: origin, ...origins } }
  } finally {
    machine.patience = Number.POSITIVE_INFINITY
    machine.load(first)
    machine.glk.takeText()
    machine.keepsUndo = keepsUndo
    machine.fuel = fuel
  }
}
