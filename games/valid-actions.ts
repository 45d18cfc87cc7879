import { DIRECTIONS, phraseRank } from './command-words.ts'
import { readEnding } from './ending.ts'
import type { Effect, ValidAction, ValidActions } from './environment.ts'
import type { Slot } from './grammar.ts'
import type { Outcome, Probe } from './probe.ts'
import { type Nouns, type Thing, thingsInReach, UNSEEN, wordsOf } from './reach.ts'
import type { Template } from './templates.ts'
import { type Difference, hashOf, type WorldBytes } from './world-bytes.ts'

/** Commands that no list of valid actions holds, whatever form gives them. */
const NEVER = new Set(['look', 'wait', 'inventory', 'take inventory', 'again'])

/** Turns in which nothing is done. Some take no time, one tick or several (Infocom's `wait` is three). */
const IDLE = ['look', 'wait', 'inventory']

/** Further draws of the story's dice under which a command that throws them is tried. */
const SALTS = [1, 2]

/** What the search needs to know of the story. */
export interface Searchable {
  readonly world: WorldBytes
  readonly nouns: Nouns
  readonly templates: readonly Template[]
  /** The score in the machine's memory now, in points. */
  readonly score: () => number
  readonly player: number
}

interface Found {
  readonly command: string
  /** The form it was made from; a direction is a form of its own. */
  readonly form: string
  /** What is left a turn later where nothing but globals changed; null where more did. */
  readonly globals: Difference | null
  readonly key: string
  readonly effect: Effect
}

/** What is left where nothing was done, under one salt of the dice. */
interface Idle {
  readonly keys: ReadonlySet<string>
  /** The same without the globals. */
  readonly things: ReadonlySet<string>
  /** What the world's clockwork changed meanwhile. */
  readonly changes: ReadonlySet<number>
  /** The dice thrown meanwhile. */
  readonly draws: ReadonlySet<number>
}

/**
 * The commands that have an effect, one for each effect, and `wait`: every form of the story's grammar is played with
 * every thing in reach, and what it leaves is compared with turns in which nothing was done.
 */
export function searchActions(probe: Probe, story: Searchable): ValidActions {
  const found = withoutNotes(new Search(probe, story).all())
  const groups = new Map<string, Found[]>()
  for (const one of found) groups.set(one.key, [...(groups.get(one.key) ?? []), one])
  const actions = [...groups.values()].map(nameOf)
  actions.push({ command: 'wait', equivalents: ['wait'], effect: { reward: 0, terminated: false, changed: [] } })
  return { actions: actions.sort((a, b) => compare(a.command, b.command)), tried: probe.tried }
}

/**
 * A global that commands of many forms write to, of which none moves or changes a thing, is a note of the parser's or
 * the library's (Inform's `reason_code`), not the world.
 */
const MANY_FORMS = 3

function withoutNotes(found: readonly Found[]): readonly Found[] {
  const writers = new Map<number, Set<string>>()
  for (const { form, globals } of found) {
    for (const change of globals ?? []) {
      const address = change >>> 8
      writers.set(address, (writers.get(address) ?? new Set()).add(form))
    }
  }
  return found.filter(
    ({ globals }) => globals === null || globals.some((change) => (writers.get(change >>> 8)?.size ?? 0) < MANY_FORMS),
  )
}

class Search {
  readonly #probe: Probe
  readonly #story: Searchable
  readonly #score: number
  readonly #idle = new Map<number, Idle>()
  readonly #texts: string[] = []
  /** Addresses that looking at things writes to without touching the tree: the parser's notes in a stand-in object. */
  readonly #notes = new Set<number>()
  /** The same, one idle turn later. */
  readonly #settled = new Map<number, ReadonlySet<string>>()

  constructor(probe: Probe, story: Searchable) {
    this.#probe = probe
    this.#story = story
    this.#score = story.score()
  }

  all(): readonly Found[] {
    const { nouns, templates, player } = this.#story
    this.#idleTurns(0)
    const things = thingsInReach(this.#probe, nouns, player, this.#texts, (looked) => this.#note(looked))
    // Judged anew by what is known of the notes now.
    this.#idle.clear()
    const numbers = [...new Set(this.#texts.flatMap((text) => text.match(/\b\d{1,4}\b/g) ?? []))]
    const directions = DIRECTIONS.filter((word) => nouns.dictionary.find(word))
    const found = directions.flatMap((direction) => this.#try(direction, direction).found)
    for (const template of templates) {
      // A thing alone that must be held is taken by the way, if it can be.
      const alone = template.slots.length === 1
      const [first, second] = template.slots.map((slot) => wordsFor(slot, things, numbers, alone))
      if (second?.length === 0 || first?.length === 0) continue
      if (first && second) found.push(...this.#tryPairs(template, first, second, things))
      else for (const word of first ?? ['']) found.push(...this.#try(fill(template, [word]), formOf(template)).found)
    }
    return found
  }

  /**
   * A form with two nouns. Most pairs get the verb's stock answer, so first each word is used once, and only the words
   * that got an answer of their own are then tried with all others.
   */
  #tryPairs(
    template: Template,
    firsts: readonly string[],
    seconds: readonly string[],
    things: readonly Thing[],
  ): readonly Found[] {
    const { objects } = this.#story.nouns
    const names = new Map(things.map(({ phrase, object }) => [phrase, wordsOf(`${phrase} ${objects.name(object)}`)]))
    const named = (phrase: string) => names.get(phrase) ?? []
    const found: Found[] = []
    const tried = new Set<string>()
    /** Pairs of which at least one word is worth trying with all others. */
    const special: (readonly [string, string])[] = []
    const attempt = (first: string, second: string): string | null => {
      const command = fill(template, [first, second])
      if (first === second || tried.has(command)) return null
      tried.add(command)
      const attempted = this.#try(command, formOf(template))
      found.push(...attempted.found)
      if (attempted.found.length > 0) special.push([first, second])
      return UNSEEN.test(attempted.text) ? null : stock(attempted.text, [...named(first), ...named(second)])
    }
    const answers = new Map<string, (readonly [string, string])[]>()
    for (let i = 0; i < Math.max(firsts.length, seconds.length); i++) {
      const first = firsts[i % firsts.length] ?? ''
      const [other = '', next = ''] = [seconds[i % seconds.length], seconds[(i + 1) % seconds.length]]
      const second = other === first ? next : other
      const answer = attempt(first, second)
      if (answer !== null) answers.set(answer, [...(answers.get(answer) ?? []), [first, second]])
    }
    for (const pairs of answers.values()) if (pairs.length === 1) special.push(...pairs)
    const expanded = new Set<string>()
    // The list grows while it is read: a pair with an effect is worth as much as one with an answer of its own.
    for (const [first, second] of special) {
      if (!expanded.has(`1 ${first}`)) for (const other of seconds) attempt(first, other)
      if (!expanded.has(`2 ${second}`)) for (const other of firsts) attempt(other, second)
      expanded.add(`1 ${first}`).add(`2 ${second}`)
    }
    return found
  }

  #try(command: string, form: string): { readonly found: readonly Found[]; readonly text: string } {
    const outcome = NEVER.has(command) ? null : this.#probe.play(command)
    if (outcome === null) return { found: [], text: '' }
    return { found: this.#effectOf(command, form, outcome), text: outcome.text }
  }

  /** Empty where the command does nothing. Where dice decide, what they give by another throw counts too. */
  #effectOf(command: string, form: string, outcome: Outcome): readonly Found[] {
    const found = this.#judge(command, form, outcome, 0)
    if (found !== null) return [found]
    if (outcome.draws === 0 || this.#idleTurns(0).draws.has(outcome.draws)) return []
    for (const salt of SALTS) {
      const other = this.#probe.play(command, salt)
      const luck = other && this.#judge(command, form, other, salt)
      if (luck) return [luck]
    }
    return []
  }

  #judge(command: string, form: string, { text, difference }: Outcome, salt: number): Found | null {
    const terminated = readEnding(text, this.#probe.machine.input === 'none').terminated
    const effect = { reward: this.#story.score() - this.#score, terminated, changed: this.#changed(difference) }
    const world = this.#withoutNotes(difference)
    if (terminated) return { command, form, globals: null, key: `${hashOf(world)} end`, effect }
    const idle = this.#idleTurns(salt)
    if (idle.keys.has(hashOf(world))) return null
    if (effect.reward !== 0 || !idle.things.has(this.#thingsHash(world))) {
      return { command, form, globals: null, key: hashOf(world), effect }
    }
    // Only globals: what the parser noted for itself is gone after another turn, but for where a topic's words stood.
    const after = form.includes(TOPIC) ? null : this.#probe.next('look')
    if (after === null) return null
    const globals = this.#withoutNotes(after.difference)
    return this.#settledIdle(salt).has(hashOf(globals))
      ? null
      : { command, form, globals, key: hashOf(globals), effect }
  }

  #idleTurns(salt: number): Idle {
    const known = this.#idle.get(salt)
    if (known) return known
    const outcomes = IDLE.flatMap((command) => this.#probe.play(command, salt) ?? [])
    if (salt === 0) this.#texts.push(...outcomes.map(({ text }) => text))
    const worlds = [[], ...outcomes.map(({ difference }) => this.#withoutNotes(difference))]
    const turns = {
      keys: new Set(worlds.map(hashOf)),
      things: new Set(worlds.map((world) => this.#thingsHash(world))),
      changes: new Set(worlds.flat()),
      draws: new Set(outcomes.map(({ draws }) => draws)),
    }
    this.#idle.set(salt, turns)
    return turns
  }

  #thingsHash(world: Difference): string {
    return hashOf(world.filter((change) => !this.#story.world.isGlobal(change)))
  }

  #settledIdle(salt: number): ReadonlySet<string> {
    const known = this.#settled.get(salt)
    if (known) return known
    const keys = new Set(this.#idleTurns(salt).keys)
    for (const command of IDLE) {
      if (this.#probe.play(command, salt) === null) continue
      const after = this.#probe.next('look')
      if (after) keys.add(hashOf(this.#withoutNotes(after.difference)))
    }
    this.#settled.set(salt, keys)
    return keys
  }

  #note(looked: Difference): void {
    const { objects } = this.#story.nouns
    const own = looked.filter((change) => !this.#idleTurns(0).changes.has(change))
    if (own.some((change) => objects.isEntry(change >>> 8))) return
    for (const change of own) this.#notes.add(change >>> 8)
  }

  #withoutNotes(difference: Difference): Difference {
    return difference.filter((change) => !this.#notes.has(change >>> 8))
  }

  #changed(difference: Difference): readonly string[] {
    const { objects } = this.#story.nouns
    return [...new Set(difference.flatMap((change) => objects.name(objects.ownerOf(change >>> 8)) || []))].sort(compare)
  }
}

function wordsFor(slot: Slot, things: readonly Thing[], numbers: readonly string[], any: boolean): readonly string[] {
  if (slot.type === 'number') return numbers
  return things.filter(({ held }) => held || any || slot.type === 'topic' || !slot.held).map(({ phrase }) => phrase)
}

const TOPIC = '<topic>'

function formOf({ parts }: Template): string {
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.type}>`)).join(' ')
}

function fill(template: Template, words: readonly string[]): string {
  const next = words.values()
  return template.parts.map((part) => (typeof part === 'string' ? part : (next.next().value ?? ''))).join(' ')
}

/** An answer without the things it names, so that a verb's stock answer is the same for all of them. */
function stock(text: string, names: readonly string[]): string {
  const named = new Set(names)
  return wordsOf(text)
    .filter((word) => !named.has(word) && !ARTICLES.has(word))
    .join(' ')
}

const ARTICLES = new Set(['a', 'an', 'the', 'some', 'that', 'those', 'it', 'them', 'is', 'are'])

/** The plainest of the commands that have one effect: a direction, then the verb that comes to mind first. */
function nameOf(group: readonly Found[]): ValidAction {
  const sorted = group.toSorted((a, b) => rank(a.command) - rank(b.command) || compare(a.command, b.command))
  const best = sorted[0]
  if (!best) throw new RangeError('An effect is had by at least one command.')
  return {
    command: best.command,
    equivalents: [...new Set(group.map(({ command }) => command))].sort(compare),
    effect: best.effect,
  }
}

function rank(command: string): number {
  const words = command.split(' ')
  const direction = words.length === 1 && DIRECTIONS.includes(command)
  return (direction ? 0 : 10_000_000) + phraseRank(words) * 1000 + words.length * 100 + command.length
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
