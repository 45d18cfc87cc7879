import { fill, stock, takesDirection, takesNumber, takesTopic, type Words, wordsFor } from './form-filling.ts'
import { UNSEEN } from './parser-questions.ts'
import { type Nouns, type Thing, wordsOf } from './reach.ts'
import type { Template } from './templates.ts'

/** Answers are a word's own where so small a part of the trials of a form got them. */
const FEW = 0.2

/** What two things are done with of which neither shows alone what it is for: all are tried, so many at most. */
const JOINING = new Set(
  `put in, put on, throw at, give to, show to, tie to, attach to, connect to, unlock with, open with, cut with,
   break with, fill with, pour in, pour into, pour on, point at, point to`
    .split(',')
    .map((phrase) => phrase.trim()),
)
const MOST_PAIRS = 400
const SAMPLES = 2

/** What came of a pair. */
export interface PairOutcome {
  readonly answer: () => string
  /** Equal where the effect is; null for none. */
  readonly effect: string | null
}

/** Who plays the pairs. */
export interface PairPlayer {
  /** These will be played next, or most of them. */
  foresee(commands: () => readonly string[]): void
  play(pair: readonly [string, string]): PairOutcome
}

interface Pair {
  readonly first: string
  readonly second: string
  readonly effect: string | null
}

/**
 * Tries a form with two nouns. Most pairs get the verb's stock answer, so first each word is used once, and only the
 * words that got an answer of their own are then tried with all others.
 *
 * @param takings By what can be had for the asking, the effect of taking it.
 */
export function tryPairs(
  template: Template,
  words: Words,
  { objects }: Nouns,
  takings: ReadonlyMap<string, string | null>,
  player: PairPlayer,
): void {
  const [firstSlot, secondSlot] = template.slots
  if (!firstSlot || !secondSlot) return
  const inHand = ({ held }: Thing) => held
  const canBeTaken = (phrase: string) => takings.has(phrase)
  const held = wordsFor(firstSlot, words, inHand)
  const seconds = wordsFor(secondSlot, words, inHand, true)
  const things = wordsFor(secondSlot, words, ({ held, phrase }) => held || canBeTaken(phrase), true)
  const more = [
    ...things,
    ...(takesNumber(template) ? words.numbers : []),
    ...(takesDirection(template) ? words.directions : []),
    ...(takesTopic(template) ? words.topics : []),
  ]
  const names = new Map(
    words.things.map(({ phrase, object }) => [phrase, wordsOf(`${phrase} ${objects.name(object)}`)]),
  )
  const named = (phrase: string) => names.get(phrase) ?? []
  const tried = new Set<string>()
  /** Pairs of which at least one word is worth trying with all others. */
  const special: Pair[] = []
  // Where a word has the effect whatever it goes with, nothing is shown of the other.
  const attempt = (first: string, second: string, usual: string | null = null): PairOutcome | null => {
    const command = fill(template, [first, second])
    if (first === second || tried.has(command)) return null
    tried.add(command)
    const outcome = player.play([first, second])
    const { effect } = outcome
    // Nor where all that came of it is that the first was taken.
    if (effect !== null && effect !== usual && effect !== takings.get(first)) special.push({ first, second, effect })
    return outcome
  }
  const foresee = (pairs: () => readonly (readonly [string, string])[]) =>
    player.foresee(() => {
      const commands = pairs().map((pair) => fill(template, pair))
      return [...new Set(commands.filter((command) => !tried.has(command)))]
    })
  const answers = new Map<string, Pair[]>()
  const sample = (first: string, second: string) => {
    const outcome = attempt(first, second)
    if (outcome === null) return
    const text = outcome.answer()
    if (UNSEEN.test(text)) return
    const answer = stock(text, [...named(first), ...named(second)])
    answers.set(answer, [...(answers.get(answer) ?? []), { first, second, effect: outcome.effect }])
  }
  const most = seconds.length === 0 ? more : seconds
  // What the parser takes by the way is as good as held: one thing shows whether it does.
  const takenByTheWay = wordsFor(firstSlot, words, ({ phrase }) => canBeTaken(phrase)).filter(
    (phrase) => !held.includes(phrase),
  )
  const [taken] = takenByTheWay
  const isTaken =
    taken !== undefined && most.slice(0, SAMPLES).some((second) => (attempt(taken, second)?.effect ?? null) !== null)
  const firsts = isTaken ? [...held, ...takenByTheWay] : held
  // What is spoken of matters only to those who answer at all.
  const lengths = [firstSlot.type === 'topic' ? 1 : firsts.length, secondSlot.type === 'topic' ? 1 : most.length]
  const samples: [string, string][] = []
  for (let i = 0; firsts.length > 0 && most.length > 0 && i < Math.max(...lengths); i++) {
    const first = firsts[i % firsts.length] ?? ''
    const [other = '', next = ''] = [most[i % most.length], most[(i + 1) % most.length]]
    samples.push([first, other === first ? next : other])
  }
  const [direction] = takesDirection(template) ? words.directions : []
  if (direction !== undefined) for (const first of firsts) samples.push([first, direction])
  foresee(() => samples)
  for (const [first, second] of samples) sample(first, second)
  const few = Math.max(1, Math.floor(tried.size * FEW))
  for (const pairs of answers.values()) if (pairs.length <= few) special.push(...pairs)
  const expanded = new Set<string>()
  const expand = ({ first, second }: Pair) => [
    ...(expanded.has(`1 ${first}`) ? [] : more.map((other) => [first, other] as const)),
    ...(expanded.has(`2 ${second}`) || secondSlot.type === 'topic'
      ? []
      : firsts.map((other) => [other, second] as const)),
  ]
  // The list grows while it is read: a pair with an effect is worth as much as one with an answer of its own.
  for (let i = 0, foreseen = 0; i < special.length; i++) {
    if (i === foreseen) {
      foresee(() => special.slice(i).flatMap(expand))
      foreseen = special.length
    }
    const pair = special[i]!
    for (const [first, second] of expand(pair)) attempt(first, second, pair.effect)
    expanded.add(`1 ${pair.first}`).add(`2 ${pair.second}`)
  }
  if (!JOINING.has(template.parts.filter((part) => typeof part === 'string').join(' '))) return
  const isNear = new Set(words.things.filter(({ near }) => near).map(({ phrase }) => phrase))
  const nearFirst = (phrases: readonly string[]) =>
    phrases.toSorted((a, b) => Number(isNear.has(b)) - Number(isNear.has(a)))
  const pairs = inOrder(nearFirst(firsts), nearFirst(things))
  foresee(() => pairs.slice(0, MOST_PAIRS - tried.size))
  for (const [first, second] of pairs) {
    if (tried.size >= MOST_PAIRS) break
    attempt(first, second)
  }
}

/** All pairs, those of what stands early in both lists before others. */
function inOrder(firsts: readonly string[], seconds: readonly string[]): readonly (readonly [string, string])[] {
  const pairs = firsts.flatMap((first, i) =>
    seconds.map((second, j) => ({ pair: [first, second] as const, late: Math.max(i, j) })),
  )
  return pairs.toSorted((a, b) => a.late - b.late).map(({ pair }) => pair)
}
