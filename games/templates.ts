import { fullWord, wordRank } from './command-words.ts'
import type { Grammar, GrammarLine, Slot } from './grammar.ts'

/** A form of command to be filled in: words and slots in the order they are typed. */
export interface Template {
  readonly parts: readonly (string | Slot)[]
  readonly slots: readonly Slot[]
}

/** Ways to ask what one has or did, which no list of valid actions holds. */
const NEVER = new Set(['i', 'inv', 'inventory', 'again', 'g'])

const MOST_SLOTS = 2

/**
 * One template for each action the story knows and each number of slots, in the words a player would use. Other words
 * for the same action change nothing, so they are not tried.
 */
export function templatesOf(grammar: Grammar): readonly Template[] {
  const best = new Map<string, { template: Template; rank: number }>()
  for (const verb of grammar.verbs) {
    if (verb.meta || verb.words.some((other) => NEVER.has(fullWord(other)))) continue
    const words = verb.words
      .map(fullWord)
      .sort((a, b) => wordRank(a) - wordRank(b) || a.length - b.length || (a < b ? -1 : 1))
    for (const line of verb.lines) {
      // "get on the horse", not "take on the horse".
      const word = (hasParticle(line) ? words.find((other) => !TAKES_NO_PARTICLE.has(other)) : undefined) ?? words[0]
      if (word === undefined) continue
      const template = templateOf(word, line)
      if (template.slots.length > MOST_SLOTS || isBarePair(line, verb.lines)) continue
      const key = `${line.action}:${template.slots.map(slotKey).join(',')}`
      const odd = hasParticle(line) && TAKES_NO_PARTICLE.has(word)
      const rank = wordRank(word) * 10 + template.parts.length + (odd ? ODD : 0)
      const known = best.get(key)
      if (!known || rank < known.rank) best.set(key, { template, rank })
    }
  }
  const templates = [...best.values()].sort((a, b) => a.rank - b.rank).map(({ template }) => template)
  // Two actions may share their words: which is meant is the story's business.
  return [...new Map(templates.map((template) => [JSON.stringify(template.parts), template])).values()]
}

/** Verbs that a player uses without "on", "off", "up" and the like, and how far behind such a form is put. */
const TAKES_NO_PARTICLE = new Set(['take', 'drop', 'open', 'close', 'read', 'examine', 'insert', 'give', 'eat'])
const ODD = 100_000

/** A preposition that does not stand between two things: "turn the lamp on", "get on the horse". */
function hasParticle({ tokens }: GrammarLine): boolean {
  const slots = tokens.filter(({ type }) => type === 'slot').length
  return slots === 1 && tokens.length > 1
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
