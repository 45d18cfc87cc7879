import { z } from 'zod'
import {
  drawsFromModel,
  type ModelSettings,
  needsModel,
  type Overrides,
  type Prices,
  plannedPolicy,
  rungNames,
} from '../../harness/index.ts'
import { wholeNumber } from './flags.ts'
import { readPrices } from './price-file.ts'
import { UsageError } from './usage-error.ts'

const priors = ['lexical', 'openai'] as const

/** How a command that agents play in is told of a model. */
export const modelFlags = {
  prior: z
    .enum(priors, { error: `must be one of ${priors.join(', ')}` })
    .optional()
    .meta({ value: 'Q', description: 'The base policy: lexical, or openai, which is also what --model asks for' }),
  model: z.string().min(1, 'must be the name of a model').optional().meta({
    value: 'M',
    description: 'The chat model for --prior openai, served at $OPENAI_BASE_URL, with $OPENAI_API_KEY',
  }),
  rung: z
    .enum(rungNames, { error: `must be one of ${rungNames.join(', ')}` })
    .optional()
    .meta({
      value: 'R',
      description: `How the model's distribution is got, else the best that a probe finds: ${rungNames.join(', ')}`,
    }),
  decode: z.enum(['client', 'server'], { error: 'must be client or server' }).optional().meta({
    value: 'WHO',
    description: "Who draws the command: client, or server by logit_bias on the letters, with the model's own sampler",
  }),
  cassette: z.string().optional().meta({
    value: 'DIR',
    description: "Keep the model's answers there and use those that are: a run replays without network or key",
  }),
  maxCalls: wholeNumber(1).optional().meta({
    value: 'N',
    description: 'Stop before the cassette has more calls; with several jobs each other one may go a call beyond',
  }),
  maxTokens: wholeNumber(1).optional().meta({
    value: 'N',
    description:
      'Stop before a call that may take them beyond so many tokens, a third of its bytes and its longest answer; with several jobs as --max-calls',
  }),
  maxCost: z
    .string()
    .regex(/^(\d+\.?\d*|\.\d+)$/, 'must be a number of US dollars')
    .transform(Number)
    .optional()
    .meta({ value: 'X', description: 'The same in US dollars, by the prices of --prices' }),
  prices: z.string().optional().meta({
    value: 'FILE',
    description: 'US dollars per million tokens: {"MODEL": {"input": 0.15, "output": 0.6}}',
  }),
}

type ModelFlags = z.output<z.ZodObject<typeof modelFlags>>

/**
 * The model to ask, null for the lexical prior; `cassette`: where its answers go without --cassette. Throws
 * `UsageError` where flags contradict each other, or one of the policies cannot do without a model.
 */
export function modelOf(flags: ModelFlags, cassette: string, policies: readonly string[]): ModelSettings | null {
  const { prior, model, rung, decode, prices, maxCost, maxTokens, maxCalls } = flags
  if (prior === 'openai' && model === undefined)
    throw new UsageError('--prior openai needs the name of a model: --model M.')
  if (prior === 'lexical' && model !== undefined)
    throw new UsageError('--prior lexical asks no model: leave out --model, or say --prior openai.')
  if (model === undefined) {
    const reader = policies.find(needsModel)
    if (reader) throw new UsageError(`${reader} learns by what a model reads: add --model M.`)
    const idle = (['rung', 'decode', 'cassette', 'prices', 'maxCost', 'maxTokens', 'maxCalls'] as const).find(
      (key) => flags[key] !== undefined,
    )
    if (idle)
      throw new UsageError(`--${idle.replace(/[A-Z]/, (l) => `-${l.toLowerCase()}`)} is about a model: add --model M.`)
    return null
  }
  const price = prices === undefined ? null : priceOf(model, prices)
  if (maxCost !== undefined && price === null)
    throw new UsageError('--max-cost needs to know what tokens cost: --prices FILE.')
  return {
    model,
    rung: rung ?? null,
    decode: decode ?? 'client',
    limits: { cost: maxCost ?? null, tokens: maxTokens ?? null, calls: maxCalls ?? null },
    prices: price,
    cassette: flags.cassette ?? cassette,
  }
}

/** Throws `UsageError` where the model's own sampler is to draw for a policy that gives it nothing to draw from. */
export function refuseIdleSampler(model: ModelSettings | null, policy: string, parameters: Overrides): void {
  if (model?.decode !== 'server' || drawsFromModel(plannedPolicy(policy, parameters))) return
  const able = 'static, cbr:vote and a jitrl that samples from logits'
  throw new UsageError(`--decode server draws for ${able}: leave it out with ${policy}.`)
}

function priceOf(model: string, path: string): Prices {
  const price = readPrices(path)[model]
  if (price === undefined) throw new UsageError(`${path} has no price for ${model}: add it, or leave out --prices.`)
  return price
}
