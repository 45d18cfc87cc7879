import { AnswerTape } from './answer-tape.ts'
import { LabelSampler } from './label-sampler.ts'
import type { Asker } from './model-client.ts'
import { ModelError } from './model-error.ts'
import { serverFromEnvironment } from './model-server.ts'
import { OpenAIPrior } from './openai-prior.ts'
import { OpenAIWriter } from './openai-writer.ts'
import { type Probe, probeRungs } from './probe.ts'
import type { RungName } from './rung.ts'
import { type ModelLimits, type Prices, Spending } from './spending.ts'

/** How a model is asked: plain data, so that it can be handed to a worker thread. */
export interface ModelSettings {
  readonly model: string
  /** Null for the best that the probe finds. */
  readonly rung: RungName | null
  /** Who draws from the distribution: grue, or the model's own sampler by `logit_bias`. */
  readonly decode: 'client' | 'server'
  readonly limits: ModelLimits
  /** Null where they are not known. */
  readonly prices: Prices | null
  /** The folder in which answers are kept and looked up. */
  readonly cassette: string
}

export interface OpenedModel {
  readonly prior: OpenAIPrior
  readonly writer: OpenAIWriter
  readonly probe: Probe
  /** Null where grue draws itself. */
  readonly sampler: LabelSampler | null
}

/**
 * Connects to the model that `OPENAI_BASE_URL` and `OPENAI_API_KEY` lead to and probes it; without either, plays from
 * the cassette alone. `tape` names the cassette's file of whoever asks; `temperature` is the base policy's. Throws `ModelError`;
 * once the asker's signal is aborted, this and whatever asks the model later throw its reason.
 */
export async function openModel(
  { model, rung, decode, limits, prices, cassette }: ModelSettings,
  env: Readonly<Record<string, string | undefined>>,
  tape: string,
  temperature: number,
  asker: Asker,
): Promise<OpenedModel> {
  // The SDK is a third of what the program loads, and most runs ask no model.
  const { ModelClient } = await import('./model-client.ts')
  const server = serverFromEnvironment(model, env)
  const answers = AnswerTape.open(cassette, tape)
  const client = new ModelClient(model, server, answers, new Spending(limits, prices), asker)
  if (server === null && answers.empty) {
    throw new ModelError(
      `Where is ${model}? Set OPENAI_BASE_URL to an OpenAI-compatible server, for Ollama http://localhost:11434/v1, or OPENAI_API_KEY to use OpenAI's.`,
    )
  }
  const probe = await probeRungs(client, rung)
  if (decode === 'server') refuseOtherRung(model, probe)
  const sampler = decode === 'server' ? await LabelSampler.open(client, temperature) : null
  return { prior: new OpenAIPrior(client, probe.rung), writer: new OpenAIWriter(client), probe, sampler }
}

/** The model's sampler draws letters: from what else it was asked it would draw from another distribution. */
function refuseOtherRung(model: string, { rung, rejected: [best] }: Probe): void {
  if (rung.name === 'labels') return
  const why = best ? `, as by ${best.rung} it ${best.reason}` : ''
  throw new ModelError(
    `${model} is asked by ${rung.title}${why}: its own sampler can draw from the distribution of --rung labels alone. Use --decode client.`,
  )
}
