import { type EncoderName, encodersOf, encodeState } from '../../harness/index.ts'
import { type MemoryFile, type StateRecord, type StepSource, setJaccard } from '../../memory/index.ts'

/** What a person who asks a memory about a state means, in the memory's own tokens. */
export interface MeantState {
  /** What the memory's states were made by. */
  readonly encoders: readonly EncoderName[]
  readonly tokens: readonly string[]
  readonly situation: string | null
  /** The remembered state that stands for it, where its own tokens cannot be known. */
  readonly remembered: (StepSource & { readonly key: string }) | null
}

/**
 * `text` is a summary or some words. Of a memory by the encoder `summary` these are tokens, or stand for some. Another
 * encoder saw what no summary tells: the remembered state with the likest summary is asked for then, the latest of equals.
 */
export function meantState(store: MemoryFile, text: string): MeantState {
  const vocabulary = store.vocabulary()
  const encoders = encodersOf(vocabulary)
  const summary = summaryTokens(text)
  const words = text.toLowerCase().match(/[\p{L}\p{N}#:]+/gu) ?? []
  if (encoders.every((encoder) => encoder === 'summary'))
    return { encoders, tokens: summary ?? words.flatMap(meantBy(vocabulary)), situation: null, remembered: null }
  const likeness = summary
    ? (key: string) => setJaccard(summary, summaryTokens(key) ?? [])
    : (key: string) => setJaccard(words, key.toLowerCase().match(/[\p{L}\p{N}#]+/gu) ?? [])
  const found = likest(store, likeness)
  if (found === null) return { encoders, tokens: summary ?? words, situation: null, remembered: null }
  const { state, run, episode, turn } = found
  return {
    encoders,
    tokens: state.tokens,
    situation: state.situation,
    remembered: { run, episode, turn, key: state.key },
  }
}

/** A word stands for every token that it is the last part of: `lamp` for `at:lamp` and `has:lamp`. */
function meantBy(vocabulary: readonly string[]) {
  return (word: string) => {
    const meant = vocabulary.filter((token) => token === word || token.endsWith(`:${word}`))
    return meant.length > 0 ? meant : [word]
  }
}

/** Null where the text is no `[location][inventory][verbs]`. */
function summaryTokens(text: string): readonly string[] | null {
  const [, location, held, verbs] = /^\s*\[(.*)\]\s*\[(.*)\]\s*\[(.*)\]\s*$/.exec(text) ?? []
  if (location === undefined || held === undefined || verbs === undefined) return null
  const listed = (list: string) => list.split(',').flatMap((item) => item.trim() || [])
  const nothing = { text: '', score: null, maxScore: null, moves: null, input: 'line' } as const
  const observation = { ...nothing, location, inventory: listed(held) }
  return encodeState({ observation, validActions: [], commands: listed(verbs) }).tokens
}

function likest(
  store: MemoryFile,
  likeness: (key: string) => number,
): (StepSource & { readonly state: StateRecord }) | null {
  const known = new Map<string, number>()
  let best: ReturnType<typeof likest> = null
  let most = 0
  for (const { run, episode, steps } of store.episodes()) {
    for (const [index, { state }] of steps.entries()) {
      const like = known.get(state.key) ?? likeness(state.key)
      known.set(state.key, like)
      if (like === 0 || like < most) continue
      most = like
      best = { run, episode, turn: index + 1, state }
    }
  }
  return best
}
