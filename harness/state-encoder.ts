import { createHash } from 'node:crypto'
import type { Observation } from '../games/index.ts'
import { multiset, ngrams } from '../memory/index.ts'
import { parseCommand } from './command-words.ts'
import type { PolicyInfo, State } from './contracts.ts'
import type { Standing } from './darkness.ts'
import { masked, words, wordsSaid } from './masked-words.ts'

const rememberedVerbs = 3

/** What an encoder may look at, names and commands masked already. */
interface Parts {
  readonly room: string
  readonly things: readonly string[]
  readonly verbs: readonly string[]
  readonly moment: Moment
}

interface Moment {
  readonly observation: Observation
  readonly validActions: readonly string[]
  /** The commands of this episode, oldest first: the last `commandsSeen` are enough. */
  readonly commands: readonly string[]
  readonly standing?: Standing
  /** For the encoder `world` alone. */
  readonly worldHash?: string
}

/** What the tokens of a state are made of. Their tags tell which encoder made them. */
const encoders = {
  summary: ({ room, things, verbs }: Parts) => [
    ...tagged('at', [room]),
    ...tagged('has', things),
    ...tagged('did', verbs),
  ],
  situation: ({ room, things, moment }: Parts) => [
    ...tagged('at', [room]),
    ...things.map((thing) => `has:${thing}`),
    ...possible(moment),
  ],
  'summary+objects': (parts: Parts): readonly string[] => [...encoders.summary(parts), ...objects(parts)],
  text: ({ moment }: Parts) => {
    const said = wordsSaid(moment.observation.text)
    return [...said, ...ngrams(said, 2)].map((token) => `says:${token}`)
  },
  'history+text': ({ room, things, moment }: Parts) => [
    ...tagged('did', moment.commands.map(masked)),
    ...multiset(ngrams(wordsSaid([room, ...things, moment.observation.text].join('\n')), 4)).map((run) => `is:${run}`),
  ],
  world: ({ moment }: Parts) => [`world:${hashOf(moment)}`],
} as const

export type EncoderName = keyof typeof encoders

export const encoderNames = Object.keys(encoders) as readonly EncoderName[]

/** How the states of a policy are encoded. */
export interface Encoding {
  readonly encoder: EncoderName
  /** The valid commands are tokens (`can:`) in any case: a graph of situations looks them up. */
  readonly withCommands: boolean
}

/** How many of an episode's commands an encoder looks at. */
export function commandsSeen({ encoder }: Encoding): number {
  return encoder === 'history+text' ? Infinity : rememberedVerbs
}

/**
 * A player's view of the moment, encoded.
 *
 * - `summary`: `[location][inventory][last three verbs]`, the key of the published presets.
 * - `situation`: `location #object | inventory | score | hash of the valid commands`, the location being another in the
 *   dark. No verbs: how one came here is not part of where one is, and verbs in the key cost the learner dearly (the same
 *   place would be a new state every time). The encoder `world` has the hash of the whole world in it, which no player
 *   sees.
 * - `tokens`, by the encoder's name. `summary`: the words of the summary, each tagged with its part (`at:`, `has:`,
 *   `did:`), so that a lamp that was lit, held or stood at is three different tokens. `summary+objects`: and what else
 *   the valid commands are about (`sees:`). `situation`: no verbs, but the things held (`has:`) and the valid commands
 *   (`can:`), each whole. `text`: the words and pairs of words that the story said last (`says:`). `history+text`: the
 *   words of all commands so far (`did:`), and room, things held and text as a multiset of runs of four words (`is:`).
 *   `world`: the world's hash.
 *
 * Clocks and counters (`watch (12:45)`, `three matches left`) are masked, or no state would ever recur.
 */
export function encodeState(
  moment: Moment,
  { encoder, withCommands }: Encoding = { encoder: 'summary', withCommands: false },
): State {
  const room = name(moment.observation.location ?? 'unknown')
  const things = moment.observation.inventory.map(name).sort()
  const verbs = moment.commands.slice(-rememberedVerbs).map((command) => parseCommand(command).verb)
  const held = things.join(', ')
  const score = moment.observation.score ?? '-'
  const place = placeOf(moment.observation, moment.standing ?? { locationId: null, isDark: false })
  const hash = encoder === 'world' ? hashOf(moment) : encoded(moment.validActions).hash
  const tokens = encoders[encoder]({ room, things, verbs, moment })
  return {
    summary: `[${room}][${held}][${verbs.join(', ')}]`,
    situation: `${place} | ${held} | ${score} | ${hash}`,
    tokens: [...new Set(withCommands ? [...tokens, ...possible(moment)] : tokens)],
  }
}

const inTheDark = ' in the dark'

/** The room by its name, its object number where that is known, and whether one stands there in the dark. */
export function placeOf({ location }: Pick<Observation, 'location'>, standing: Standing): string {
  const { locationId, isDark } = standing
  const number = locationId === null ? '' : ` #${locationId}`
  return `${name(location ?? 'unknown')}${number}${isDark ? inTheDark : ''}`
}

export function isDarkPlace(place: string): boolean {
  return place.endsWith(inTheDark)
}

/** The encoders that tokens of these tags come from, as far as their tags tell; `summary` where they tell nothing. */
export function encodersOf(tokens: Iterable<string>): readonly EncoderName[] {
  const tags = new Set(Array.from(tokens, (token) => token.slice(0, token.indexOf(':') + 1)))
  const own = (['world', 'text', 'history+text', 'summary+objects'] as const).filter((name) => tags.has(ownTag[name]))
  if (own.length > 0) return own
  const plain: readonly EncoderName[] = tags.has('can:') ? ['situation'] : []
  return tags.has('did:') || plain.length === 0 ? ['summary', ...plain] : plain
}

const ownTag = { world: 'world:', text: 'says:', 'history+text': 'is:', 'summary+objects': 'sees:' }

/** The room that a situation is in, as `placeOf` has it. */
export function roomOf(situation: string): string {
  return situation.slice(0, situation.indexOf(' | '))
}

/** The valid commands among the tokens of the encoder `situation`. */
export function commandsIn(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token) => token.startsWith('can:')).map((token) => token.slice('can:'.length))
}

/** The encoding that a policy asks for in its parameters. */
export function encodingOf({ parameters: { encoder, estimator } }: PolicyInfo): Encoding {
  const named = encoderNames.find((name) => name === encoder) ?? 'summary'
  return { encoder: named, withCommands: estimator === 'graph' }
}

/** Of a list of valid commands: the same list comes again and again. */
interface Commands {
  readonly tokens: readonly string[]
  readonly hash: string
}

const encodedCommands = new WeakMap<readonly string[], Commands>()

function encoded(validActions: readonly string[]): Commands {
  const known = encodedCommands.get(validActions)
  if (known !== undefined) return known
  const commands = { tokens: validActions.map((command) => `can:${command}`), hash: commandsHash(validActions) }
  encodedCommands.set(validActions, commands)
  return commands
}

function possible({ validActions }: Moment): readonly string[] {
  return encoded(validActions).tokens
}

/** What the valid commands name and nobody holds, which is what a player sees of things. */
function objects({ things, moment }: Parts): readonly string[] {
  const held = new Set(things.flatMap(words))
  const nouns = moment.validActions.flatMap((command) => parseCommand(command).nouns)
  return nouns.flatMap((noun) => words(masked(noun))).flatMap((word) => (held.has(word) ? [] : [`sees:${word}`]))
}

function hashOf({ worldHash }: Moment): string {
  if (worldHash === undefined) throw new RangeError('The encoder "world" needs the hash of the world.')
  return worldHash
}

function tagged(tag: string, phrases: readonly string[]): readonly string[] {
  return phrases.flatMap((phrase) => words(phrase).map((word) => `${tag}:${word}`))
}

/** Brackets and bars would be taken for the encoding's own. */
function name(text: string): string {
  return masked(text)
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
