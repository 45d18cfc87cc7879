import { parseCommand } from './command-words.ts'
import type { PastTurn, Prior, PriorScores, View } from './contracts.ts'
import { tellsOfDarkness } from './darkness.ts'
import { type LexicalContext, lexicalFeatures } from './lexical-features.ts'
import { logSoftmax } from './softmax.ts'

/** Texts further back than this do not make a thing old: the prior stays linear in the length of an episode. */
const rememberedTexts = 20

/** A base policy from words alone: no network, no model, equal inputs give equal numbers. */
export class LexicalPrior implements Prior {
  readonly name = 'lexical'
  readonly rung = 'lexical features'

  async score(view: View): Promise<PriorScores> {
    const context = lexicalContext(view)
    const logits = view.validActions.map((action) => {
      const command = action.toLowerCase()
      const words = parseCommand(command)
      return lexicalFeatures.reduce((sum, { weight, value }) => sum + weight * value(command, words, context), 0)
    })
    return { logProbabilities: logSoftmax(logits), calls: [] }
  }
}

export function lexicalContext(view: View): LexicalContext {
  const last = view.history.at(-1)
  const triedHere = new Map<string, number>()
  for (const past of view.history) {
    if (past.location !== view.observation.location) continue
    const command = past.command.toLowerCase()
    triedHere.set(command, (triedHere.get(command) ?? 0) + 1)
  }
  const { text } = view.observation
  // The last text of the history is the one being looked at.
  const texts = view.history.slice(-1 - rememberedTexts, -1).map(wordsIn)
  return {
    latest: wordsOf(text),
    earlier: { has: (word) => texts.some((words) => words.has(word)) },
    quoted: quotedPhrases(text),
    dark: tellsOfDarkness(text),
    lastCommand: last === undefined ? null : parseCommand(last.command),
    triedHere,
    waysTaken: new Set([...triedHere.keys()].map((command) => parseCommand(command).direction ?? command)),
  }
}

const read = new WeakMap<PastTurn, ReadonlySet<string>>()

/** A turn is looked back at from twenty later ones. */
function wordsIn(past: PastTurn): ReadonlySet<string> {
  const known = read.get(past) ?? wordsOf(past.text)
  read.set(past, known)
  return known
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [])
}

function quotedPhrases(text: string): readonly string[] {
  const quoted = text.match(/["“][^"“”\n]{2,40}["”]/gu) ?? []
  const capitals = text.match(/\b\p{Lu}{2,}(?: \p{Lu}{2,})+\b/gu) ?? []
  return [...quoted, ...capitals].map((phrase) =>
    phrase
      .toLowerCase()
      .replace(/["“”.,!?]/g, '')
      .trim(),
  )
}
