import { AnswerTape } from '../../../harness/models/answer-tape.ts'
import { labelRung } from '../../../harness/models/label-rung.ts'
import { ModelClient } from '../../../harness/models/model-client.ts'
import { modelServer, type ServerOptions } from '../../../harness/models/model-server.ts'
import { OpenAIPrior } from '../../../harness/models/openai-prior.ts'
import type { Rung } from '../../../harness/models/rung.ts'
import { noLimits, Spending } from '../../../harness/models/spending.ts'

type Address = Omit<ServerOptions, 'model'>

/** A client of the model `scripted`, its tape kept in memory alone. */
export function clientOf({ baseURL, apiKey, timeoutMs }: Address): ModelClient {
  const server = modelServer({
    model: 'scripted',
    ...(baseURL !== undefined && { baseURL }),
    ...(apiKey !== undefined && { apiKey }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  return new ModelClient('scripted', server, AnswerTape.open(null, 'test'), new Spending(noLimits, null))
}

export function priorOf(address: Address, rung: Rung = labelRung): OpenAIPrior {
  return new OpenAIPrior(clientOf(address), rung)
}
