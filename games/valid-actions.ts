import { DIRECTIONS } from './command-words.ts'
import { compare, type NamedEffect, nameOf } from './effect-names.ts'
import { readEnding } from './ending.ts'
import type { ValidActions } from './environment.ts'
import { fill, formOf, numbersIn, stock, takesNumber, type Words, wordsFor } from './form-filling.ts'
import type { Outcome, Probe } from './probe.ts'
import { type Looked, mentioned, type Nouns, type Thing, thingsInReach, UNSEEN, wordsOf } from './reach.ts'
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
  /** Words that were said or written in the last text, of which one may speak in turn. */
  readonly spoken: readonly string[]
  /** Candidates to try at most. */
  readonly budget: number
}

interface Found extends NamedEffect {
  /** The form it was made from; a direction is a form of its own. */
  readonly form: string
  /** What is left a turn later where nothing but globals changed; null where more did. */
  readonly globals: Difference | null
  readonly key: string
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

/** What came of a candidate: its effect, if it has one, and the answer. */
interface Attempt {
  readonly found: readonly Found[]
  readonly text: string
}

const NOTHING: Attempt = { found: [], text: '' }

/**
 * The commands that have an effect, one for each effect, and `wait`: every form of the story's grammar is played with
 * every thing in reach, and what it leaves is compared with turns in which nothing was done.
 */
export function searchActions(probe: Probe, story: Searchable): ValidActions {
  const search = new Search(probe, story)
  const found = withoutNotes(search.all())
  const groups = new Map<string, Found[]>()
  for (const one of found) groups.set(one.key, [...(groups.get(one.key) ?? []), one])
  const actions = [...groups.values()].map(nameOf)
  actions.push({ command: 'wait', equivalents: ['wait'], effect: { reward: 0, terminated: false, changed: [] } })
  return { actions: actions.sort((a, b) => compare(a.command, b.command)), tried: probe.tried, partial: search.partial }
}

/**
 * A global that commands of many forms write to, of which none moves or changes a thing, is a note of the parser's or
 * the library's (Inform's `reason_code`), not the world.
 */
const MANY_FORMS = 3

/** To walk is one form, whatever the direction. */
const DIRECTION = '<direction>'

const MOST_TOPICS = 40
const FEW_SAYINGS = 2

/** How a parser asks for what it did not understand. */
const PARSER_ASKS = /\b(?:which|what|whom?)\b[^.!]*\?/i

/** Answers are a word's own where so small a part of the trials of a form got them. */
const FEW = 0.2

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
  readonly #position: string
  #candidates = 0
  /** There was more to try than the budget allows. */
  partial = false
  readonly #withEffect = new Set<string>()
  readonly #aloneKeys = new Map<string, ReadonlySet<string>>()
  /** What can be had for the asking: phrases of things that a command put into the player's hands. */
  readonly #takeable = new Set<string>()
  readonly #idle = new Map<number, Idle>()
  /** What idle turns and, with one more after each, what two of them left; as played. */
  readonly #played = new Map<string, readonly Outcome[]>()
  readonly #texts: string[] = []
  /** Addresses that looking at things writes to without touching the tree: the parser's notes in a stand-in object. */
  readonly #notes = new Set<number>()
  /** The same, one idle turn later. */
  readonly #settled = new Map<number, ReadonlySet<string>>()

  constructor(probe: Probe, story: Searchable) {
    this.#probe = probe
    this.#story = story
    this.#score = story.score()
    this.#position = probe.machine.position
  }

  all(): readonly Found[] {
    const { nouns, templates, player } = this.#story
    this.#learnIdleNotes()
    const things = thingsInReach(this.#probe, nouns, player, this.#texts, (looked) => this.#look(looked))
    // Judged anew by what is known of the notes now.
    this.#idle.clear()
    const topics = this.#topics(things)
    // To say something at all is rarer than to ask about it.
    const sayings = topics.slice(0, this.#story.spoken.length + FEW_SAYINGS)
    const words = { things, numbers: numbersIn(this.#texts), topics, sayings }
    const directions = DIRECTIONS.filter((word) => nouns.dictionary.find(word))
    const found = directions.flatMap((direction) => this.#try(direction, DIRECTION).found)
    // What is done to one thing is likelier than what takes two, and shows what can be taken for it.
    const bySlots = templates.toSorted((a, b) => Number(a.slots.length > 1) - Number(b.slots.length > 1))
    for (const template of bySlots) {
      const ofForm = template.slots.length > 1 ? this.#tryPairs(template, words) : this.#trySingles(template, words)
      found.push(...ofForm.filter((one) => one.globals === null || !this.#isNote(one.globals, one, template, words)))
    }
    return found
  }

  #topics(things: readonly Thing[]): readonly string[] {
    // What looking at things told, before what the room does.
    const seen = this.#texts.toReversed().flatMap((text) => mentioned(this.#story.nouns, text))
    return [...new Set([...this.#story.spoken, ...things.map(({ phrase }) => phrase), ...seen])].slice(0, MOST_TOPICS)
  }

  #trySingles(template: Template, words: Words): readonly Found[] {
    const [slot] = template.slots
    if (slot === undefined) return this.#try(fill(template, []), formOf(template)).found
    const { objects } = this.#story.nouns
    const found: Found[] = []
    // A thing that must be held is taken by the way, if it can be.
    for (const word of wordsFor(slot, words, () => true)) {
      const attempt = this.#try(fill(template, [word]), formOf(template), [word]).found
      found.push(...attempt)
      const thing = attempt.length > 0 && words.things.find(({ phrase }) => phrase === word)
      if (thing && objects.parent(thing.object) === this.#story.player) this.#takeable.add(word)
    }
    return found
  }

  /**
   * A form with two nouns. Most pairs get the verb's stock answer, so first each word is used once, and only the words
   * that got an answer of their own are then tried with all others.
   */
  #tryPairs(template: Template, words: Words): readonly Found[] {
    const [firstSlot, secondSlot] = template.slots
    if (!firstSlot || !secondSlot) return []
    const { objects } = this.#story.nouns
    const inHand = ({ held }: Thing) => held
    const firsts = wordsFor(firstSlot, words, inHand)
    const seconds = wordsFor(secondSlot, words, inHand, true)
    const more = [
      ...wordsFor(secondSlot, words, ({ held, phrase }) => held || this.#takeable.has(phrase), true),
      ...(takesNumber(template) ? words.numbers : []),
    ]
    const names = new Map(
      words.things.map(({ phrase, object }) => [phrase, wordsOf(`${phrase} ${objects.name(object)}`)]),
    )
    const named = (phrase: string) => names.get(phrase) ?? []
    const found: Found[] = []
    const tried = new Set<string>()
    /** Pairs of which at least one word is worth trying with all others. */
    const special: (readonly [string, string])[] = []
    const attempt = (first: string, second: string): string | null => {
      const command = fill(template, [first, second])
      if (first === second || tried.has(command)) return null
      tried.add(command)
      const attempted = this.#try(command, formOf(template), [first, second])
      found.push(...attempted.found)
      if (attempted.found.length > 0) special.push([first, second])
      return UNSEEN.test(attempted.text) ? null : stock(attempted.text, [...named(first), ...named(second)])
    }
    const answers = new Map<string, (readonly [string, string])[]>()
    const sample = (first: string, second: string) => {
      const answer = attempt(first, second)
      if (answer !== null) answers.set(answer, [...(answers.get(answer) ?? []), [first, second]])
    }
    const most = seconds.length === 0 ? more : seconds
    // What is spoken of matters only to those who answer at all.
    const lengths = [firstSlot.type === 'topic' ? 1 : firsts.length, secondSlot.type === 'topic' ? 1 : most.length]
    for (let i = 0; firsts.length > 0 && most.length > 0 && i < Math.max(...lengths); i++) {
      const first = firsts[i % firsts.length] ?? ''
      const [other = '', next = ''] = [most[i % most.length], most[(i + 1) % most.length]]
      sample(first, other === first ? next : other)
    }
    const few = Math.max(1, Math.floor(tried.size * FEW))
    for (const pairs of answers.values()) if (pairs.length <= few) special.push(...pairs)
    const expanded = new Set<string>()
    // The list grows while it is read: a pair with an effect is worth as much as one with an answer of its own.
    for (const [first, second] of special) {
      if (!expanded.has(`1 ${first}`)) for (const other of more) attempt(first, other)
      if (!expanded.has(`2 ${second}`) && secondSlot.type !== 'topic')
        for (const other of firsts) attempt(other, second)
      expanded.add(`1 ${first}`).add(`2 ${second}`)
    }
    return found
  }

  /**
   * Whether the globals that a command left are a note of the parser's or the library's: then another command of that
   * form writes over it, and what is left is as if the first had never been given.
   */
  #isNote(globals: Difference, one: Found, template: Template, words: Words): boolean {
    if (this.#settledIdle(0).has(hashOf(this.#withoutNotes(globals)))) return true
    const [slot] = template.slots
    if (slot === undefined) return false
    const others = wordsFor(slot, words, () => true)
      .map((word) => fill(template, [word, ...one.filled.slice(1)]))
      .filter((other) => other !== one.command)
    const other = others.find((candidate) => !this.#withEffect.has(candidate)) ?? others[0]
    if (other === undefined || this.#probe.play(one.command) === null) return false
    const after = this.#probe.next(other)
    if (after === null || !this.#alone(other).has(hashOf(this.#withoutNotes(after.difference)))) return false
    this.#learnNotes(globals)
    this.#aloneKeys.clear()
    return true
  }

  /** What the command leaves by itself, at once or after an idle turn. */
  #alone(command: string): ReadonlySet<string> {
    const known = this.#aloneKeys.get(command)
    if (known) return known
    const outcomes = [
      this.#probe.play(command),
      ...IDLE.map((idle) => this.#probe.play(idle) && this.#probe.next(command)),
    ]
    const keys = new Set(outcomes.flatMap((outcome) => (outcome ? hashOf(this.#withoutNotes(outcome.difference)) : [])))
    this.#aloneKeys.set(command, keys)
    return keys
  }

  #try(command: string, form: string, filled: readonly string[] = []): Attempt {
    if (NEVER.has(command)) return NOTHING
    if (this.#candidates >= this.#story.budget) {
      this.partial = true
      return NOTHING
    }
    this.#candidates++
    const outcome = this.#probe.play(command)
    if (outcome === null) return NOTHING
    const found = this.#effectOf(command, form, outcome)
    if (found.length > 0) this.#withEffect.add(command)
    return { found: found.map((one) => ({ ...one, filled })), text: outcome.text }
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
    if (terminated) return { command, form, filled: [], globals: null, key: `${hashOf(world)} end`, effect }
    const idle = this.#idleTurns(salt)
    if (idle.keys.has(hashOf(world))) return null
    if (effect.reward !== 0 || !idle.things.has(this.#thingsHash(world))) {
      return { command, form, filled: [], globals: null, key: hashOf(world), effect }
    }
    const { input, position } = this.#probe.machine
    // A menu, or a question of the parser's.
    if (input === 'char' || (position !== this.#position && PARSER_ASKS.test(text))) return null
    const typed = world.filter((change) => !idle.changes.has(change) && this.#namesTyped(change, command))
    if (typed.length > 0) {
      this.#learnNotes(typed)
      return this.#judge(command, form, { text, difference, draws: 0 }, salt)
    }
    // Only globals: what the parser noted for itself is gone after another turn.
    const after = this.#probe.next('look')
    if (after === null) return null
    const globals = this.#withoutNotes(after.difference)
    if (!this.#settledIdle(salt).has(hashOf(globals)))
      return { command, form, filled: [], globals, key: hashOf(globals), effect }
    this.#learnNotes(world)
    return null
  }

  #idleTurns(salt: number): Idle {
    const known = this.#idle.get(salt)
    if (known) return known
    const outcomes = this.#playIdle(`${salt}`, (command) => this.#probe.play(command, salt))
    if (salt === 0 && this.#texts.length === 0) this.#texts.push(...outcomes.map(({ text }) => text))
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

  /** Of two ways to do nothing that leave things alike, what only one leaves in globals is no part of the world. */
  #learnIdleNotes(): void {
    const { world } = this.#story
    this.#idleTurns(0)
    const left = this.#playIdle('0', () => null).map(({ difference }) => difference)
    for (const one of left) {
      for (const other of left) {
        if (this.#thingsHash(one) !== this.#thingsHash(other)) continue
        for (const change of one) if (world.isGlobal(change) && !other.includes(change)) this.#notes.add(change >>> 8)
      }
    }
    this.#idle.clear()
  }

  #playIdle(name: string, play: (command: string) => Outcome | null): readonly Outcome[] {
    const known = this.#played.get(name)
    if (known) return known
    const outcomes = IDLE.flatMap((command) => play(command) ?? [])
    this.#played.set(name, outcomes)
    return outcomes
  }

  #thingsHash(world: Difference): string {
    return hashOf(world.filter((change) => !this.#story.world.isGlobal(change)))
  }

  #settledIdle(salt: number): ReadonlySet<string> {
    const known = this.#settled.get(salt)
    if (known) return known
    const twice = this.#playIdle(`${salt} twice`, (command) =>
      this.#probe.play(command, salt) === null ? null : this.#probe.next('look'),
    )
    const keys = new Set(twice.map(({ difference }) => hashOf(this.#withoutNotes(difference))))
    for (const key of this.#idleTurns(salt).keys) keys.add(key)
    this.#settled.set(salt, keys)
    return keys
  }

  /** Whether the global holds a word of the command, by its address in the dictionary: a note of the parser's. */
  #namesTyped(change: Difference[number], command: string): boolean {
    const { world, nouns } = this.#story
    if (!world.isGlobal(change)) return false
    const address = world.globals + (((change >>> 8) - world.globals) & ~1)
    const word = nouns.dictionary.at(this.#probe.machine.vm.m.getUint16(address))
    return word !== undefined && command.split(' ').some((other) => nouns.dictionary.find(other) === word)
  }

  /** Globals that hold nothing of the world. What is idle is then judged anew. */
  #learnNotes(changes: Difference): void {
    const { world } = this.#story
    const notes = changes.filter((change) => world.isGlobal(change) && !this.#idleTurns(0).changes.has(change))
    if (notes.length === 0) return
    for (const change of notes) this.#notes.add(change >>> 8)
    this.#idle.clear()
    this.#settled.clear()
  }

  #look({ text, difference }: Looked): void {
    const { objects } = this.#story.nouns
    this.#texts.push(text)
    const own = difference.filter((change) => !this.#idleTurns(0).changes.has(change))
    if (own.some((change) => objects.isEntry(change >>> 8))) return
    for (const change of own) this.#notes.add(change >>> 8)
  }

  #withoutNotes(difference: Difference): Difference {
    return difference.filter((change) => !this.#notes.has(change >>> 8))
  }

  /** Names of what the command changed, not the world's clockwork. */
  #changed(difference: Difference): readonly string[] {
    const { objects } = this.#story.nouns
    const { changes } = this.#idleTurns(0)
    const own = difference.filter((change) => !changes.has(change))
    return [...new Set(own.flatMap((change) => objects.name(objects.ownerOf(change >>> 8)) || []))].sort(compare)
  }
}
