import type { TextModel, WriteRequest, WrittenText } from '../contracts.ts'
import { randomStream } from '../rng.ts'
import { Asking } from './asking.ts'
import { firstChoice, writtenText } from './completion.ts'
import type { ModelClient } from './model-client.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/** Room for some paragraphs, and for a model that thinks first. */
const answerTokens = 4000
/** UTF-16 units of a text that are kept: whatever goes on longer was not meant to be read. */
const longestText = 8000

/** A chat model that writes what it is asked to. */
export class OpenAIWriter implements TextModel {
  readonly name: string
  readonly #client: ModelClient

  constructor(client: ModelClient) {
    this.name = `openai:${client.model}`
    this.#client = client
  }

  async write({ purpose, place, instructions, prompt, sample, judge }: WriteRequest): Promise<WrittenText> {
    const asking = new Asking(this.#client, place, purpose)
    const messages = [
      { role: 'system', content: instructions },
      { role: 'user', content: prompt },
    ]
    const drawn =
      sample === undefined
        ? { temperature: 0 }
        : { temperature: 1, seed: Math.floor(randomStream('write', place, sample).next() * 2 ** 31) }
    const body = { messages, max_tokens: answerTokens, ...drawn }
    try {
      const text = await asking.ask({ path: '/chat/completions', body }, (completion) => {
        const value = writtenText(firstChoice(completion)).slice(0, longestText)
        const { fault, ...about } = judge?.(value) ?? {}
        if (fault) throw new UnusableAnswer(fault, 'gave an answer of no use')
        return { value, ...about }
      })
      return { text, calls: asking.calls }
    } catch (error) {
      if (!(error instanceof UnusableAnswer)) throw error
      return { text: null, calls: asking.calls }
    }
  }
}
