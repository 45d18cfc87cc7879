import { randomStream } from '../../harness/rng.ts'
import { drawIndex, logSoftmax, softmax } from '../../harness/softmax.ts'
import { type Answer, completion, httpError, type Question } from './model-server.ts'

/** What a server may or may not be able to do. */
export interface Abilities {
  readonly topLogprobs: boolean
  readonly echo: boolean
  readonly promptLogprobs: boolean
  readonly jsonSchema: boolean
  readonly severalChoices: boolean
}

export const everything: Abilities = {
  topLogprobs: true,
  echo: true,
  promptLogprobs: true,
  jsonSchema: true,
  severalChoices: true,
}

/**
 * A model whose opinion of commands is given: asked in whichever way, it answers by softmax(score), as far as the
 * server's abilities go. What it samples depends on the request's seed alone. What is not about commands is answered
 * by `write`.
 */
export function languageModel(
  score: (command: string) => number,
  abilities: Abilities = everything,
  write: (question: Question) => string = () => 'Nothing comes to mind.',
): (question: Question) => Answer {
  return (question) => {
    const { path, body, options } = question
    if (path === '/completions') return scored(question, score, abilities)
    if (options.length === 0) return { type: 'texts', texts: [write(question)] }
    const scores = options.map(({ command }) => score(command))
    const [first] = options
    if (/^[A-Z]$/.test(first!.label)) {
      if (body.logprobs !== true) return { type: 'texts', texts: [sampledLetter(question, scores)] }
      if (!abilities.topLogprobs) return { type: 'texts', texts: [first!.label] }
      const logProbabilities = logSoftmax(scores)
      return {
        type: 'tokens',
        tokens: options.map(({ label }, i) => ({ token: label, logprob: logProbabilities[i]! })),
      }
    }
    const probabilities = softmax(scores)
    if (/^\d+$/.test(first!.label)) {
      if (body.response_format && !abilities.jsonSchema) return httpError(400, 'response_format is not supported')
      const points = options.map(({ label }, i) => [label, Math.round(100 * probabilities[i]!)])
      return { type: 'texts', texts: [JSON.stringify(Object.fromEntries(points))] }
    }
    const rng = randomStream('server', Number(body.seed ?? question.number))
    const count = abilities.severalChoices ? Number(body.n ?? 1) : 1
    const texts = Array.from({ length: count }, () => options[drawIndex(probabilities, rng.next())]!.command)
    return { type: 'texts', texts }
  }
}

/** The token id of a letter, as in every byte-level vocabulary of OpenAI's. */
function letterId(letter: string): number {
  return letter.charCodeAt(0) - 33
}

/** The letter that the server's own sampler draws, `logit_bias` added before the temperature divides. */
function sampledLetter({ body, options, number }: Question, scores: readonly number[]): string {
  const biases = body.logit_bias as Readonly<Record<string, number>> | undefined
  const temperature = Number(body.temperature ?? 1)
  const logits = options.map(({ label }, i) => (scores[i]! + (biases?.[letterId(label)] ?? 0)) / temperature)
  const uniform = randomStream('server', Number(body.seed ?? number)).next()
  return options[drawIndex(softmax(logits), uniform)]!.label
}

/** Every token of a command has the command's score, every other has -1 and the first none. */
function scored({ body, options }: Question, score: (command: string) => number, abilities: Abilities): Answer {
  if (body.echo === true && !abilities.echo) return httpError(400, 'echo is not supported')
  if (body.prompt_logprobs !== undefined && !abilities.promptLogprobs) {
    return httpError(400, 'Unrecognized request argument: prompt_logprobs')
  }
  const prompts = body.prompt ?? []
  const choices = prompts.map((prompt, index) => {
    const { command } = options[index]!
    const start = tokenized(prompt.slice(0, -command.length - 1))
    const end = tokenized(` ${command}`)
    const tokens = [...start, ...end]
    const numbers = tokens.map((_, i) => (i === 0 ? null : i < start.length ? -1 : score(command)))
    return body.echo === true
      ? { index, text: prompt, finish_reason: 'length', logprobs: { tokens, token_logprobs: numbers } }
      : {
          index,
          text: '\n',
          finish_reason: 'length',
          logprobs: null,
          prompt_logprobs: tokens.map((token, i) =>
            i === 0 ? null : { [1000 + i]: { logprob: numbers[i], rank: 1, decoded_token: token } },
          ),
        }
  })
  return { type: 'json', status: 200, body: { ...completion([]), object: 'text_completion', choices } }
}

function tokenized(text: string): readonly string[] {
  return text.match(/\s?\S{1,4}|\s/gu) ?? []
}
