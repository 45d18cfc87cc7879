import { z } from 'zod'
import { UnusableAnswer } from './unusable-answer.ts'

/** In single precision the logarithm of a certainty may come out a little above zero. */
const logprob = z.number().max(1e-3).nullable()
const tokenCount = z.number().int().nonnegative()

/** No command has more tokens than this: what an echoed prompt holds before them is not kept. */
const longestCommand = 64
const tail = <T>(items: readonly T[]): readonly T[] => items.slice(-longestCommand)

/** Under their tokens' numbers nobody looks them up, and a name may hold anything. */
const numbered = <T>(alternatives: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.values(alternatives).map((value, index) => [index, value]))

const reportedToken = z.object({ token: z.string(), logprob })

/**
 * What is used of an answer of `/chat/completions` or `/completions`; all else is dropped. Reading what was read once
 * changes nothing, so that the same shape serves for what is kept on tape.
 */
export const completionSchema = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      text: z.string().nullish(),
      logprobs: z
        .object({
          content: z
            .array(z.object({ top_logprobs: z.array(reportedToken).nullish() }))
            .transform((positions) => positions.slice(0, 1))
            .nullish(),
          tokens: z.array(z.string()).transform(tail).nullish(),
          token_logprobs: z.array(logprob).transform(tail).nullish(),
        })
        .nullish(),
      prompt_logprobs: z
        .array(
          z
            .record(z.string(), z.object({ logprob, decoded_token: z.string().nullish() }))
            .transform(numbered)
            .nullable(),
        )
        .transform(tail)
        .nullish(),
    }),
  ),
  // A server that counts wrongly has answered all the same.
  usage: z.object({ prompt_tokens: tokenCount, completion_tokens: tokenCount.nullish() }).nullish().catch(null),
})

export type Completion = z.output<typeof completionSchema>
export type Choice = Completion['choices'][number]

/** The first choice. Throws `UnusableAnswer` where there is none, or it is a refusal. */
export function firstChoice({ choices }: Completion): Choice {
  const choice = choices[0]
  if (choice === undefined) throw new UnusableAnswer('empty', 'gave an empty answer')
  refuseRefusal(choice)
  return choice
}

function refuseRefusal({ finish_reason, message }: Choice): void {
  if (finish_reason === 'content_filter' || message?.refusal) throw new UnusableAnswer('refusal', 'refused to answer')
}

/** What a chat model wrote, without what it thought aloud first. Throws `UnusableAnswer` where that is nothing. */
export function writtenText(choice: Choice): string {
  refuseRefusal(choice)
  const content = choice.message?.content ?? ''
  // What stands behind an opening that is not closed was never finished.
  const text = content
    .replace(/^[\s\S]*<\/think>/u, '')
    .replace(/^\s*<think>[\s\S]*$/u, '')
    .trim()
  if (text !== '') return text
  throw choice.finish_reason === 'length'
    ? new UnusableAnswer('cut short', 'came to no answer before its token limit')
    : new UnusableAnswer('empty', 'gave an empty answer')
}
