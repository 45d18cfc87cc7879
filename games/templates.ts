import { fullWord, phraseRank } from './command-words.ts'
import type { Dictionary } from './dictionary.ts'
import type { Grammar, GrammarLine, Slot, Verb } from './grammar.ts'

/** A form of command to be filled in: words and slots in the order they are typed. */
export interface Template {
  readonly parts: readonly (string | Slot)[]
  readonly slots: readonly Slot[]
  /** The story's number of what is done. */
  readonly action?: number
}

/** Ways to ask what one has or did, which no list of valid actions holds. */
const NEVER = new Set(['i', 'inv', 'inventory', 'again', 'g'])

const MOST_SLOTS = 2

const SAYING = ['say', 'answer']

/**
 * One template for each action the story knows and each number of slots, in the words a player would use. Other words
 * for the same action change nothing, so they are not tried.
 */
export function templatesOf(grammar: Grammar, dictionary: Dictionary): readonly Template[] {
  const best = new Map<string, { template: Template; rank: number }>()
  for (const verb of grammar.verbs) {
    if (verb.meta || verb.words.some((other) => NEVER.has(fullWord(other)))) continue
    const words = verb.words.map(fullWord).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    for (const line of verb.lines) {
      if (words.length === 0 || isBarePair(line, verb.lines)) continue
      const forms = words
        .map((word) => ({ ...templateOf(word, line), action: line.action }))
        .map((template) => ({ template, rank: rankOf(template) }))
      const plainest = forms.reduce((one, other) => (other.rank < one.rank ? other : one))
      if (plainest.template.slots.length > MOST_SLOTS) continue
      const key = `${line.action}:${plainest.template.slots.map(slotKey).join(',')}`
      if (plainest.rank < (best.get(key)?.rank ?? Number.POSITIVE_INFINITY)) best.set(key, plainest)
    }
  }
  const templates = [...best.values()].sort((a, b) => a.rank - b.rank).map(({ template }) => template)
  templates.push(...quotation(grammar, dictionary))
  // Two actions may share their words: which is meant is the story's business.
  return [...new Map(templates.map((template) => [JSON.stringify(template.parts), template])).values()]
}

/** Infocom's `say "odysseus"`: the grammar has the bare verb, and quotation marks are words of the dictionary. */
function quotation(grammar: Grammar, dictionary: Dictionary): readonly Template[] {
  const isBare = ({ lines }: Verb) => lines.some(({ tokens }) => tokens.length === 0)
  const verb = SAYING.find((word) => grammar.verbs.some((other) => other.words.includes(word) && isBare(other)))
  if (verb === undefined || grammar.source !== 'infocom' || !dictionary.find('"')) return []
  const slot: Slot = { type: 'quote' }
  return [{ parts: [verb, slot], slots: [slot] }]
}

function rankOf({ parts }: Template): number {
  return phraseRank(parts.filter((part) => typeof part === 'string')) * 10 + parts.length
}

/** "give troll sword" beside "give sword to troll": the same twice, and read less surely. */
function isBarePair(line: GrammarLine, all: readonly GrammarLine[]): boolean {
  const bare = ({ tokens }: GrammarLine) => tokens.length === 2 && tokens.every(({ type }) => type === 'slot')
  return bare(line) && all.some(({ tokens }) => tokens.length === 3)
}

function templateOf(verb: string, { tokens }: GrammarLine): Template {
  const parts: (string | Slot)[] = [verb]
  let preposition = ''
  for (const token of tokens) {
    if (token.type === 'word') {
      preposition = fullWord(token.text)
      parts.push(preposition)
    } else {
      // An instrument is in the hand, whatever the grammar says.
      const { slot } = token
      parts.push(slot.type === 'noun' && preposition === 'with' ? { type: 'noun', held: true } : slot)
    }
  }
  return { parts, slots: parts.filter((part) => typeof part !== 'string') }
}

function slotKey(slot: Slot): string {
  return slot.type === 'noun' && slot.held ? 'held' : slot.type
}
