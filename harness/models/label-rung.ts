import { logSoftmax } from '../softmax.ts'
import type { Asking } from './asking.ts'
import { type Completion, firstChoice } from './completion.ts'
import { joinChunks, labels, referenceOf, type ScoredChunk, splitOptions, withReference } from './label-chunks.ts'
import { type LabelReading, readLabels } from './label-probabilities.ts'
import { briefly } from './model-error.ts'
import { chatPrompt, type Scene } from './prompt.ts'
import { oneLine } from './quotation.ts'
import type { Rung } from './rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/**
 * Each command stands behind a letter and the model is asked for one letter; the log-probabilities of the letters are
 * the distribution. More commands than letters go in several chunks (`label-chunks.ts`). Each chunk is offered in two
 * orders, one the reverse of the other, and the logarithms averaged before chunks are joined, which takes a preference
 * for early or late letters out as far as it is linear in their place.
 */
export const labelRung: Rung = {
  name: 'labels',
  title: 'single-token labels (top_logprobs)',
  async score(scene, asking) {
    const chunks = await askInChunks(scene, asking)
    const reference = referenceOf(chunks[0]!)
    if (chunks.every(({ orders }) => orders.length === 2)) {
      const [forwards, backwards] = [0, 1].map((order) =>
        joinChunks(
          chunks.map(({ options, orders }) => ({ options, logProbabilities: orders[order]! })),
          reference,
        ),
      )
      asking.recordDisagreement(totalVariation(forwards!, backwards!))
    }
    return joinChunks(chunks, reference)
  },
}

export interface AskedChunk extends ScoredChunk {
  /** What was said to each order in which the options were offered, one or two, for the options as they stand here. */
  readonly orders: readonly (readonly number[])[]
  /** As in `LabelReading`, of the options offered as they stand here; all null where that gave nothing of use. */
  readonly bareLetters: readonly (number | null)[]
}

/** The scene's commands in one chunk or several, the first one's reference in each. Throws `UnusableAnswer`. */
export async function askInChunks(scene: Scene, asking: Asking): Promise<readonly AskedChunk[]> {
  const [head, ...tail] = splitOptions(scene.validActions.length)
  const first = await askBothOrders(scene, head!, asking)
  const chunks = [first]
  // One after the other: the second call finds the prefix of the first in the server's cache.
  for (const options of tail) chunks.push(await askBothOrders(scene, withReference(options, first), asking))
  return chunks
}

/** Throws `UnusableAnswer` where neither order gets an answer of use. */
async function askBothOrders(scene: Scene, options: readonly number[], asking: Asking): Promise<AskedChunk> {
  const commands = options.map((option) => scene.validActions[option]!)
  const orders: (readonly number[])[] = []
  let bareLetters: AskedChunk['bareLetters'] = options.map(() => null)
  let unusable: unknown
  for (const turned of [false, true]) {
    try {
      const reading = await askForLabel(scene, turned ? commands.toReversed() : commands, asking)
      const said = logSoftmax(reading.logProbabilities)
      orders.push(turned ? said.toReversed() : said)
      if (!turned) bareLetters = reading.bareLetters
    } catch (error) {
      if (!(error instanceof UnusableAnswer)) throw error
      unusable = error
    }
  }
  const [first, second = first] = orders
  if (first === undefined || second === undefined) throw unusable
  return { options, logProbabilities: first.map((said, index) => (said + second[index]!) / 2), orders, bareLetters }
}

function askForLabel(scene: Scene, commands: readonly string[], asking: Asking): Promise<LabelReading> {
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
      const reading = readLabels(reported, commands.length)
      const { labelMass, missing } = reading
      if (missing === commands.length) {
        throw new UnusableAnswer('off the list', `began with "${briefly(reported[0]!.token)}" in place of a letter`)
      }
      return { value: reading, labelMass, missing }
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
