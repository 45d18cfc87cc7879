import { MeteredPrior } from '../../harness/metered-prior.ts'
import { labelRung } from '../../harness/models/label-rung.ts'
import { OpenAIPrior } from '../../harness/models/openai-prior.ts'
import { OpenAIWriter } from '../../harness/models/openai-writer.ts'
import { everything, languageModel } from './language-model.ts'
import { type Question, startModelServer } from './model-server.ts'
import { clientOf } from './models/opened.ts'

/** A model behind a real server, as policies are given one. */
export interface Served {
  readonly questions: readonly Question[]
  /** A prior and a writer that have asked nothing yet; the prior's calls include the writer's. */
  fresh(): { readonly prior: MeteredPrior; readonly model: ReturnType<MeteredPrior['metered']> }
  close(): Promise<void>
}

/** An opinion of every command, between -3 and 0, in no order. */
export function opinion(command: string): number {
  return -3 * Math.abs(Math.sin([...command].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0)))
}

/** `write`: what it answers where it is not asked about commands; `score` may hang on the whole question. */
export async function serveModel(
  write: (question: Question) => string = () => '- the beach: take the key first.',
  score: (command: string, question: Question) => number = opinion,
): Promise<Served> {
  const server = await startModelServer((question) =>
    languageModel((command) => score(command, question), everything, write)(question),
  )
  return {
    questions: server.questions,
    fresh() {
      const client = clientOf(server)
      const prior = new MeteredPrior(new OpenAIPrior(client, labelRung))
      return { prior, model: prior.metered(new OpenAIWriter(client)) }
    },
    close: () => server.close(),
  }
}
