import { directionsOf } from './command-words.ts'
import { compare, nameOf } from './effect-names.ts'
import { Effects } from './effects.ts'
import type { Ending } from './ending.ts'
import type { ValidAction, ValidActions } from './environment.ts'
import { fill, formOf, numbersIn, type Words, wordsFor } from './form-filling.ts'
import { type Formed, isWhicheverWay, withoutNotes } from './notes-of-many-forms.ts'
import { ordersToPeople } from './orders.ts'
import { tryPairs } from './pairs.ts'
import type { Probe } from './probe.ts'
import { examineVerb, mentioned, type Nouns, type Thing, thingsInReach, withoutLines } from './reach.ts'
import { withoutAsides } from './same-things.ts'
import { isAnswer, quotable } from './sayings.ts'
import type { States } from './states.ts'
import type { Template } from './templates.ts'
import type { WorldBytes } from './world-bytes.ts'

/** Commands that no list of valid actions holds, whatever form gives them. */
const NEVER = new Set(['look', 'wait', 'inventory', 'take inventory', 'again'])

export const WAIT: ValidAction = {
  command: 'wait',
  equivalents: ['wait'],
  effect: { reward: 0, terminated: false, changed: [], moved: [], opened: [], lit: [] },
}

/** What the search needs to know of the story. */
export interface Searchable {
  readonly world: WorldBytes
  readonly nouns: Nouns
  readonly states: States
  readonly templates: readonly Template[]
  /** `Machine.position` of the main prompt. */
  readonly prompt: string
  /** The score in the machine's memory now, in points; without any, the one for winning. */
  readonly score: (ending: Ending) => number
  readonly player: number
  readonly lastText: string
  /** Words that were said or written in it, of which one may speak in turn. */
  readonly spoken: readonly string[]
  /** Candidates to try at most. */
  readonly budget: number
}

/** What came of a candidate: its effect, if it has one, and the text. */
interface Attempt {
  readonly found: readonly Formed[]
  readonly text: string
}

const NOTHING: Attempt = { found: [], text: '' }

/**
 * The commands that have an effect, one for each effect, and `wait`: every form of the story's grammar is played with
 * every thing in reach, and what it leaves is compared with turns in which nothing was done.
 */
export function searchActions(probe: Probe, story: Searchable): ValidActions {
  // Whatever was tried before by the same probe.
  probe.takePatience()
  const search = new Search(probe, story)
  const found = withoutNotes(search.all(), probe)
  const groups = new Map<string, Formed[]>()
  for (const one of found) {
    const key = search.effects.keyOf(one)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const worldly = [...groups.values()].filter((group) => !isWhicheverWay(group))
  const actions = withoutAsides(worldly, (one) => search.effects.thingsKeyOf(one)).map(nameOf)
  actions.push(WAIT)
  const partial = search.partial || !probe.hasPatience
  return { actions: actions.sort((a, b) => compare(a.command, b.command)), tried: probe.tried, partial }
}

/** To walk is one form, whatever the direction, and so is to say yes or no. */
const DIRECTION = '<direction>'
const ANSWER = '<answer>'
const ORDER = '<order>'

const MOST_TOPICS = 40
const FEW_SAYINGS = 2

class Search {
  readonly #probe: Probe
  readonly #story: Searchable
  readonly effects: Effects
  #candidates = 0
  /** There was more to try than the budget allows. */
  partial = false
  /** What can be had for the asking: phrases of things that a command put into the player's hands, with its effect. */
  readonly #takings = new Map<string, string | null>()
  /** What looking around, at what is held and at things told. */
  readonly #texts: string[]
  /** Lines that doing nothing brings as well: who comes by is no answer. */
  readonly #happenings: ReadonlySet<string>

  constructor(probe: Probe, story: Searchable) {
    this.#probe = probe
    this.#story = story
    this.effects = new Effects(probe, story)
    const { idle } = this.effects
    const linesOf = (turns: typeof idle) => new Set(turns.flatMap(({ text }) => text.split('\n')))
    const waiting = linesOf(idle.filter(({ command }) => command === 'wait'))
    this.#happenings = linesOf(idle)
    this.#texts = idle.map(({ text }) => withoutLines(text, waiting))
  }

  all(): readonly Formed[] {
    const { nouns, templates, player, lastText } = this.#story
    // Words are all there is to go by then.
    const texts = nouns.directObject === null ? [lastText, ...this.#texts] : this.#texts
    const things = thingsInReach(this.#probe, nouns, player, texts, this.#happenings, ({ text, difference }) => {
      this.#texts.push(text)
      this.effects.looked(difference)
    })
    const topics = this.#topics(things)
    // To say something at all is rarer than to ask about it.
    const sayings = topics.slice(0, this.#story.spoken.length + FEW_SAYINGS)
    const quotes = quotable(nouns, sayings, this.#texts)
    const directions = directionsOf((word) => nouns.dictionary.find(word) !== undefined)
    const words = { things, numbers: numbersIn(this.#texts), topics, sayings, quotes, directions }
    // What is done to one thing is likelier than what takes two, and shows what can be taken for it.
    const bySlots = templates.toSorted((a, b) => Number(a.slots.length > 1) - Number(b.slots.length > 1))
    const singles = bySlots.filter(({ slots }) => slots.length < 2)
    this.#foresee(() => [
      ...directions,
      ...singles.flatMap((template) => fillings(template, words).map((filled) => fill(template, filled))),
    ])
    const found = directions.flatMap((direction) => this.#try(direction, DIRECTION).found)
    for (const answer of this.#story.spoken.filter(isAnswer)) found.push(...this.#try(answer, ANSWER).found)
    for (const template of bySlots) found.push(...this.#tryForm(template, words))
    const orders = ordersToPeople(words, {
      nouns,
      templates,
      tell: (command) => this.#answer(this.#try(command, ORDER).text),
      say: (command) => this.#answer(this.#probe.play(command)?.text ?? ''),
    })
    return [...found, ...orders.flatMap((template) => this.#tryForm(template, words))]
  }

  #tryForm(template: Template, words: Words): readonly Formed[] {
    return template.slots.length > 1 ? this.#tryPairs(template, words) : this.#trySingles(template, words)
  }

  #topics(things: readonly Thing[]): readonly string[] {
    // What looking at things told, before what the room does.
    const around = this.effects.idle.length
    const seen = [...this.#texts.slice(around), ...this.#texts.slice(0, around)].flatMap((text) =>
      mentioned(this.#story.nouns, text),
    )
    return [
      ...new Set([
        ...this.#story.spoken.filter((word) => !isAnswer(word)),
        ...things.map(({ phrase }) => phrase),
        ...seen,
      ]),
    ].slice(0, MOST_TOPICS)
  }

  #trySingles(template: Template, words: Words): readonly Formed[] {
    const { objects } = this.#story.nouns
    const found: Formed[] = []
    for (const filled of fillings(template, words)) {
      const attempt = this.#tryFilled(template, filled, words)
      found.push(...attempt.found)
      const [word] = filled
      if (word === undefined) continue
      const thing = attempt.found.length > 0 && words.things.find(({ phrase }) => phrase === word)
      const isTaken = thing && objects.parent(thing.object) === this.#story.player
      if (isTaken && !this.#takings.has(word)) this.#takings.set(word, this.#effectOf(attempt))
    }
    return found
  }

  #tryPairs(template: Template, words: Words): readonly Formed[] {
    const found: Formed[] = []
    tryPairs(template, words, this.#story.nouns, this.#takings, {
      foresee: (commands) => this.#foresee(commands),
      play: (filled) => {
        const attempt = this.#tryFilled(template, filled, words)
        found.push(...attempt.found)
        return { answer: () => this.#answer(attempt.text), effect: this.#effectOf(attempt) }
      },
    })
    return found
  }

  /** What turns out to be a note is known for one before the next is tried. */
  #tryFilled(template: Template, filled: readonly string[], words: Words): Attempt {
    const { found, text } = this.#try(fill(template, filled), formOf(template), filled)
    return {
      found: found.filter((one) => !this.effects.isNote(one, () => this.#othersLike(one, template, words))),
      text,
    }
  }

  #foresee(commands: () => readonly string[]): void {
    this.#probe.foresee(() => commands().slice(0, this.#story.budget - this.#candidates))
  }

  #effectOf({ found: [one] }: Attempt): string | null {
    return one === undefined ? null : (this.effects.keyOf(one) ?? '')
  }

  #answer(text: string): string {
    return withoutLines(text, this.#happenings)
  }

  #try(command: string, form: string, filled: readonly string[] = []): Attempt {
    if (NEVER.has(command)) return NOTHING
    if (this.#candidates >= this.#story.budget || !this.#probe.hasPatience) {
      this.partial = true
      return NOTHING
    }
    this.#candidates++
    const outcome = this.#probe.expect(command)
    if (outcome === null) return NOTHING
    const effect = this.effects.of(command, outcome)
    return { found: effect ? [{ ...effect, form, filled }] : [], text: outcome.text }
  }

  /** Commands of the same form with another first word; and one that names another number, for the parser notes those. */
  #othersLike({ command, filled }: Formed, template: Template, words: Words): readonly string[] {
    const [slot] = template.slots
    const second = filled[1]
    const number = words.numbers.find((other) => other !== second)
    const numbered = second !== undefined && words.numbers.includes(second) && number !== undefined
    return [
      ...(slot === undefined ? [] : wordsFor(slot, words, () => true))
        .map((word) => fill(template, [word, ...filled.slice(1)]))
        .filter((other) => other !== command),
      ...(numbered ? [`${examineVerb(this.#story.nouns.dictionary)} ${number}`] : []),
    ]
  }
}

/** What a form with one noun at most is filled with. A thing that must be held is taken by the way, if it can be. */
function fillings({ slots: [slot] }: Template, words: Words): readonly (readonly string[])[] {
  return slot === undefined ? [[]] : wordsFor(slot, words, () => true).map((word) => [word])
}
