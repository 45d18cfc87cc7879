import { logSoftmax } from '../softmax.ts'
import type { Asking } from './asking.ts'
import type { Choice, Completion } from './completion.ts'
import { transcriptPrompt } from './prompt.ts'
import { oneLine } from './quotation.ts'
import type { Rung } from './rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

interface ScoredToken {
  readonly text: string
  readonly logprob: number | null
}

/** Prompts of one request: an echo repeats every one of them with its numbers. */
const promptsPerCall = 8

/** `echo`, as OpenAI's first completions had it: the prompt comes back with the log-probability of each token. */
export const echoRung = stringRung('echo', { max_tokens: 0, echo: true, logprobs: 1 }, ({ logprobs }) => {
  const texts = logprobs?.tokens ?? []
  return texts.map((text, index) => ({ text, logprob: logprobs?.token_logprobs?.[index] ?? null }))
})

/** vLLM's own way: for each token of the prompt its number alone, without generating more than one token. */
export const promptLogprobsRung = stringRung(
  'prompt_logprobs',
  { max_tokens: 1, prompt_logprobs: 0 },
  ({ prompt_logprobs }) =>
    (prompt_logprobs ?? []).map((position) => {
      const alternatives = Object.values(position ?? {})
      const [token] = alternatives
      // With several, nothing tells which of them stands in the prompt.
      const known = alternatives.length === 1 ? token : undefined
      return { text: known?.decoded_token ?? '', logprob: known?.logprob ?? null }
    }),
)

/**
 * How likely the model finds each command as the way a transcript goes on: the mean log-probability of its tokens (the
 * sum would punish long commands), normalised over the commands.
 */
function stringRung(
  how: string,
  parameters: Readonly<Record<string, unknown>>,
  tokensOf: (choice: Choice) => readonly ScoredToken[],
): Rung {
  const read = ({ choices }: Completion, commands: readonly string[]): readonly number[] => {
    if (choices.length !== commands.length) throw notScored()
    return commands.map((command, index) => meanLogProbability(tokensOf(choices[index]!), command))
  }
  return {
    name: 'strings',
    title: `command log-probabilities per token (${how})`,
    async score(scene, asking) {
      const start = transcriptPrompt(scene)
      const means: number[] = []
      for (let index = 0; index < scene.validActions.length; index += promptsPerCall) {
        const commands = scene.validActions.slice(index, index + promptsPerCall).map(oneLine)
        const body = { prompt: commands.map((command) => `${start} ${command}`), temperature: 0, ...parameters }
        means.push(...(await askForNumbers(asking, body, (completion) => read(completion, commands))))
      }
      return logSoftmax(means)
    },
  }
}

function askForNumbers(
  asking: Asking,
  body: Readonly<Record<string, unknown>>,
  read: (completion: Completion) => readonly number[],
): Promise<readonly number[]> {
  return asking.ask({ path: '/completions', body }, (completion) => ({ value: read(completion) }))
}

/** Of the last tokens, those that spell `command`; a token that begins before it counts, as it cannot be divided. */
function meanLogProbability(tokens: readonly ScoredToken[], command: string): number {
  const wanted = letters(command)
  let spelt = ''
  let sum = 0
  let count = 0
  for (const { text, logprob } of tokens.toReversed()) {
    if (spelt.length >= wanted.length) break
    if (logprob === null) throw notScored()
    spelt = letters(text) + spelt
    sum += logprob
    count += 1
  }
  if (!spelt.endsWith(wanted)) throw notScored()
  return sum / count
}

/** Blanks are written in many ways by tokenizers: as they are, U+2581 (SentencePiece), Ġ (byte-level BPE), or not. */
function letters(text: string): string {
  return text.replace(/[\s\u2581Ġ]/gu, '')
}

function notScored(): UnusableAnswer {
  return new UnusableAnswer('no numbers', 'did not score the commands')
}
