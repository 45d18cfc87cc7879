import { z } from 'zod'
import type { ReportedToken } from './label-probabilities.ts'
import { ModelError, type ModelServer, notACompletion } from './model-error.ts'

/** What is used of a chat completion of one token. */
export interface OneTokenAnswer {
  /** The likeliest first tokens of the answer, never empty. */
  readonly reported: readonly ReportedToken[]
  /** 0 where the server does not count. */
  readonly promptTokens: number
  readonly completionTokens: number
}

/** In single precision the logarithm of a certainty may come out a little above zero. */
const logprob = z.number().max(1e-3).nullable()
const tokenCount = z.number().int().nonnegative()

const completion = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ refusal: z.string().nullish() }).nullish(),
      logprobs: z
        .object({
          content: z
            .array(z.object({ top_logprobs: z.array(z.object({ token: z.string(), logprob })).nullish() }))
            .nullish(),
        })
        .nullish(),
    }),
  ),
  usage: z.object({ prompt_tokens: tokenCount, completion_tokens: tokenCount }).nullish(),
})

/** Throws `ModelError` when the answer is no completion, holds no choice, is a refusal or has no log-probabilities. */
export function readCompletion(body: unknown, { model, host }: ModelServer): OneTokenAnswer {
  const parsed = completion.safeParse(body)
  if (!parsed.success) throw notACompletion(host)
  const { choices, usage } = parsed.data
  const choice = choices[0]
  if (choice === undefined) {
    throw new ModelError(
      `${model} on ${host} gave an empty answer. Look into the server's log, or choose another --model.`,
    )
  }
  if (choice.finish_reason === 'content_filter' || choice.message?.refusal) {
    throw new ModelError(`${model} on ${host} refused to answer this turn. Choose another --model.`)
  }
  const reported = choice.logprobs?.content?.[0]?.top_logprobs ?? []
  if (reported.length === 0) {
    throw new ModelError(
      `${model} on ${host} gave no log-probabilities, and nothing else can stand for them. Choose a model and a server that return top_logprobs in chat completions: OpenAI's models that do not reason, vLLM, SGLang, llama.cpp's server, Ollama from 0.12.11.`,
    )
  }
  return { reported, promptTokens: usage?.prompt_tokens ?? 0, completionTokens: usage?.completion_tokens ?? 0 }
}
