import { createHash } from 'node:crypto'
import type { Observation } from '../games/index.ts'
import { parseCommand } from './command-words.ts'
import type { PolicyInfo, State } from './contracts.ts'

const rememberedVerbs = 3

/** What the tokens of a state are made of. */
export type EncoderName = 'summary' | 'situation'

/**
 * A player's view of the moment, encoded.
 *
 * - `summary`: `[location][inventory][last three verbs]`, the key of the published presets.
 * - `situation`: `location | inventory | score | hash of the valid commands`. No verbs: how one came here is not part
 *   of where one is, and verbs in the key cost the learner dearly (the same place would be a new state every time).
 * - `tokens`, by the encoder's name. `summary`: the words of the summary, each tagged with its part (`at:`, `has:`,
 *   `did:`), so that a lamp that was lit, held or stood at is three different tokens. `situation`: no verbs, but the
 *   things held (`has:`) and the valid commands (`can:`), each whole.
 *
 * Clocks and counters in the names of rooms and things (`watch (12:45)`) are masked, or no state would ever recur.
 */
export function encodeState(
  moment: {
    readonly observation: Observation
    readonly validActions: readonly string[]
    /** The commands of this episode, oldest first; only the last three count. */
    readonly commands: readonly string[]
  },
  encoder: EncoderName = 'summary',
): State {
  const location = name(moment.observation.location ?? 'unknown')
  const inventory = moment.observation.inventory.map(name).sort()
  const verbs = moment.commands.slice(-rememberedVerbs).map((command) => parseCommand(command).verb)
  const held = inventory.join(', ')
  const score = moment.observation.score ?? '-'
  const rest =
    encoder === 'summary'
      ? [...tagged('has', inventory), ...tagged('did', verbs)]
      : [...inventory.map((thing) => `has:${thing}`), ...moment.validActions.map((command) => `can:${command}`)]
  return {
    summary: `[${location}][${held}][${verbs.join(', ')}]`,
    situation: `${location} | ${held} | ${score} | ${commandsHash(moment.validActions)}`,
    tokens: [...new Set([...tagged('at', [location]), ...rest])],
  }
}

/** The room that a situation is in. */
export function roomOf(situation: string): string {
  return situation.slice(0, situation.indexOf(' | '))
}

/** The score that a situation was met with, as text. */
export function scoreIn(situation: string): string {
  return situation.split(' | ')[2] ?? ''
}

/** The valid commands among the tokens of the encoder `situation`. */
export function commandsIn(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token) => token.startsWith('can:')).map((token) => token.slice('can:'.length))
}

/** The encoder that a policy asks for in its parameters. */
export function encoderOf({ parameters: { encoder } }: PolicyInfo): EncoderName {
  return encoder === 'situation' ? 'situation' : 'summary'
}

function tagged(tag: string, phrases: readonly string[]): readonly string[] {
  return phrases.flatMap((phrase) => words(phrase).map((word) => `${tag}:${word}`))
}

function words(phrase: string): readonly string[] {
  return phrase.toLowerCase().match(/[\p{L}\p{N}#]+/gu) ?? []
}

/** Brackets and bars would be taken for the encoding's own. */
function name(text: string): string {
  return text
    .replace(/\d+(?:[:.]\d+)*/g, '#')
    .replace(/[[\]|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** 32 bits are enough: the room, the inventory and the score must be equal as well for two situations to be mixed up. */
function commandsHash(commands: readonly string[]): string {
  return createHash('sha256')
    .update([...commands].sort().join('\n'))
    .digest('hex')
    .slice(0, 8)
}
