/** What a command is made of, as far as English grammar alone tells. */
export interface CommandWords {
  /** Synonyms folded (`get` is `take`), particles attached (`turn on`); the direction itself for a bare move. */
  readonly verb: string
  /** The canonical direction of a move, or null. */
  readonly direction: string | null
  /** The words that name things: no verb, article or preposition. */
  readonly nouns: readonly string[]
}

const opposites: ReadonlyMap<string, string> = bothWays([
  ['north', 'south'],
  ['east', 'west'],
  ['northeast', 'southwest'],
  ['northwest', 'southeast'],
  ['up', 'down'],
  ['in', 'out'],
])

const opposedVerbs = [
  ['take', 'drop'],
  ['take', 'put'],
  ['open', 'close'],
  ['lock', 'unlock'],
  ['turn on', 'turn off'],
  ['light', 'extinguish'],
  ['wear', 'remove'],
  ['enter', 'exit'],
] as const

const synonyms: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ n: 'north', s: 'south', e: 'east', w: 'west', u: 'up', d: 'down' }),
  ...Object.entries({ ne: 'northeast', nw: 'northwest', se: 'southeast', sw: 'southwest' }),
  ...Object.entries({
    get: 'take',
    grab: 'take',
    'pick up': 'take',
    shut: 'close',
    discard: 'drop',
    'put down': 'drop',
  }),
  ...Object.entries({ 'switch on': 'turn on', 'switch off': 'turn off', douse: 'extinguish', ignite: 'light' }),
  ...Object.entries({ 'put on': 'wear', 'take off': 'remove', doff: 'remove', leave: 'exit', z: 'wait', x: 'examine' }),
  ...Object.entries({ insert: 'put', place: 'put', kill: 'attack', hit: 'attack', fight: 'attack', strike: 'attack' }),
])

const movers = new Set(['go', 'walk', 'run', 'climb'])
const particleVerbs = new Set(['turn', 'switch', 'put', 'take', 'pick'])
const particles = new Set(['on', 'off', 'up', 'down'])
const functionWords = new Set(
  'a an the my some to at in into inside on onto off out of from with under behind over through up down and for about'.split(
    ' ',
  ),
)

/** A story has thousands of commands at most, and a learner asks for the same ones all the time. */
const parsed = new Map<string, CommandWords>()
const mostParsed = 20_000

export function parseCommand(command: string): CommandWords {
  const known = parsed.get(command)
  if (known !== undefined) return known
  if (parsed.size === mostParsed) parsed.clear()
  const words = parse(command)
  parsed.set(command, words)
  return words
}

function parse(command: string): CommandWords {
  const words = command.toLowerCase().split(/\s+/).filter(Boolean)
  const [first = '', ...rest] = words
  const direction = directionOf(first, rest)
  if (direction !== null) return { verb: direction, direction, nouns: [] }

  const particle = particleVerbs.has(first) ? particleOf(rest) : undefined
  const verb = particle === undefined ? first : `${first} ${particle}`
  return {
    verb: synonyms.get(verb) ?? verb,
    direction: null,
    nouns: rest.filter((word) => !functionWords.has(word)),
  }
}

/** One step of the eight compass directions on a map: x grows to the east, y to the south. */
const compass: ReadonlyMap<string, readonly [x: number, y: number]> = new Map([
  ['north', [0, -1]],
  ['south', [0, 1]],
  ['east', [1, 0]],
  ['west', [-1, 0]],
  ['northeast', [1, -1]],
  ['northwest', [-1, -1]],
  ['southeast', [1, 1]],
  ['southwest', [-1, 1]],
])

/** Where a canonical direction leads on a map; null for none and for those that have no place on paper (up, in). */
export function compassStep(direction: string | null): readonly [x: number, y: number] | null {
  return compass.get(direction ?? '') ?? null
}

/** The direction that leads back, where going is symmetric. */
export function oppositeDirection(direction: string): string | null {
  return opposites.get(direction) ?? null
}

/** True when `next` takes back what `last` did: the way back, or the opposed verb on the same things. */
export function undoes(last: CommandWords, next: CommandWords): boolean {
  if (last.direction !== null) return next.direction === oppositeDirection(last.direction)
  if (!isOpposed(last.verb, next.verb)) return false
  return next.nouns.length > 0 && next.nouns.every((noun) => last.nouns.includes(noun))
}

function isOpposed(a: string, b: string): boolean {
  return opposedVerbs.some(([one, other]) => (a === one && b === other) || (a === other && b === one))
}

function directionOf(first: string, rest: readonly string[]): string | null {
  const word = movers.has(first) && rest.length === 1 ? rest[0]! : rest.length === 0 ? first : null
  if (word === null) return null
  const name = synonyms.get(word) ?? word
  if (opposites.has(name)) return name
  if (rest.length > 0) return null
  return name === 'enter' ? 'in' : name === 'exit' ? 'out' : null
}

/** `turn on lamp` and `turn lamp on`; not `put lamp on table`, where the word is a preposition. */
function particleOf(rest: readonly string[]): string | undefined {
  return [rest[0], rest.at(-1)].find((word) => word !== undefined && particles.has(word))
}

function bothWays(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map([...pairs.map(([a, b]) => [b, a] as const), ...pairs])
}
