import { logSoftmax } from '../softmax.ts'
import type { Asking } from './asking.ts'
import { type Completion, firstChoice } from './completion.ts'
import { joinChunks, labels, type ScoredChunk, splitOptions, withReference } from './label-chunks.ts'
import { readLabels } from './label-probabilities.ts'
import { briefly } from './model-error.ts'
import { chatPrompt, type Scene } from './prompt.ts'
import { oneLine } from './quotation.ts'
import type { Rung } from './rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/**
 * Each command stands behind a letter and the model is asked for one letter; the log-probabilities of the letters are
 * the distribution. More commands than letters go in several calls (`label-chunks.ts`). The commands are offered in
 * two orders, one the reverse of the other, and the logarithms averaged, which takes a preference for early or late
 * letters out as far as it is linear in their place.
 */
export const labelRung: Rung = {
  name: 'labels',
  title: 'single-token labels (top_logprobs)',
  async score(scene, asking) {
    const forwards = scene.validActions.map((_, index) => index)
    const opinions: (readonly number[])[] = []
    let unusable: unknown
    for (const order of [forwards, forwards.toReversed()]) {
      try {
        opinions.push(await opinion(scene, order, asking))
      } catch (error) {
        if (!(error instanceof UnusableAnswer)) throw error
        unusable = error
      }
    }
    const [first, second] = opinions
    if (first === undefined) throw unusable
    if (second === undefined) return first
    asking.recordDisagreement(totalVariation(first, second))
    return logSoftmax(first.map((logProbability, index) => (logProbability + second[index]!) / 2))
  },
}

/** What the model says when the commands are offered in this order (indices); the answer is in the scene's own. */
async function opinion(scene: Scene, order: readonly number[], asking: Asking): Promise<readonly number[]> {
  const ask = async (options: readonly number[]): Promise<ScoredChunk> => {
    const commands = options.map((option) => scene.validActions[order[option]!]!)
    return { options, logProbabilities: await askForLabel(scene, commands, asking) }
  }
  const [head, ...tail] = splitOptions(order.length)
  const first = await ask(head!)
  const rest: ScoredChunk[] = []
  // One after the other: the second call finds the prefix of the first in the server's cache.
  for (const options of tail) rest.push(await ask(withReference(options, first)))
  const joined = joinChunks(first, rest)
  return order.map((_, action) => joined[order.indexOf(action)]!)
}

function askForLabel(scene: Scene, commands: readonly string[], asking: Asking): Promise<readonly number[]> {
  return asking.ask(
    {
      path: '/chat/completions',
      body: {
        messages: labelPrompt(scene, commands),
        logprobs: true,
        top_logprobs: 20,
        max_tokens: 1,
        temperature: 0,
      },
    },
    (completion) => {
      const reported = reportedTokens(completion)
      const { logProbabilities, labelMass, missing } = readLabels(reported, commands.length)
      if (missing === commands.length) {
        throw new UnusableAnswer('off the list', `began with "${briefly(reported[0]!.token)}" in place of a letter`)
      }
      return { value: logProbabilities, labelMass, missing }
    },
  )
}

/** Asks which of `commands` (at most one per label) to play now, for an answer of one letter. */
export function labelPrompt(scene: Scene, commands: readonly string[]) {
  return chatPrompt(scene, {
    task: 'Each command stands behind a letter. Choose the one that best serves the rest of the game. Answer with its letter alone.',
    options: commands.map((command, index) => `${labels[index]}) ${oneLine(command)}`),
    question: 'Answer with one letter.',
  })
}

/** The likeliest first tokens of the answer, never empty. */
function reportedTokens(completion: Completion) {
  const reported = firstChoice(completion).logprobs?.content?.[0]?.top_logprobs ?? []
  if (reported.length === 0) throw new UnusableAnswer('no numbers', 'gave no log-probabilities')
  return reported
}

/** Half the sum of the differences: 0 for equal distributions, 1 for those that share nothing. */
function totalVariation(a: readonly number[], b: readonly number[]): number {
  const differences = a.map((value, index) => Math.abs(Math.exp(value) - Math.exp(b[index]!)))
  return Math.min(1, differences.reduce((sum, difference) => sum + difference, 0) / 2)
}
