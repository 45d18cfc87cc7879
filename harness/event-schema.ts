import { z } from 'zod'
import type { RunConfig, RunEvent } from './events.ts'
import type { Provenance } from './recorded-run.ts'

// Shapes of what a run's folder holds. Each is annotated with its contract, so that the two cannot drift apart.

const observation = z.object({
  text: z.string(),
  location: z.string().nullable(),
  inventory: z.array(z.string()),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  moves: z.number().nullable(),
  input: z.enum(['line', 'char', 'none']),
})

const policy = z.object({
  name: z.string(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
})

const config: z.ZodType<RunConfig> = z.object({
  story: z.object({
    id: z.string(),
    title: z.string(),
    version: z.union([z.literal(3), z.literal(4), z.literal(5), z.literal(8)]),
    release: z.number(),
    serial: z.string(),
    sha256: z.string(),
    maxScore: z.number().nullable(),
  }),
  policy,
  prior: z.object({ name: z.string(), rung: z.string() }),
  seed: z.number(),
  gameSeed: z.discriminatedUnion('type', [
    z.object({ type: z.literal('per-episode') }),
    z.object({ type: z.literal('fixed'), seed: z.number() }),
    z.object({ type: z.literal('story') }),
  ]),
  episodes: z.number(),
  stepLimit: z.number(),
  temperature: z.number(),
  handicaps: z.array(z.string()),
})

const source = { run: z.string(), episode: z.number(), turn: z.number() }
const neighbour = z.object({ ...source, action: z.string(), similarity: z.number(), return: z.number() })

const evidence = z.discriminatedUnion('type', [
  z.object({ type: z.literal('neighbour'), ...source, similarity: z.number(), return: z.number() }),
  z.object({ type: z.literal('transition'), ...source, next: z.string(), reward: z.number() }),
])

const candidate = z.object({
  action: z.string(),
  prior: z.number(),
  logit: z.number(),
  visits: z.number(),
  q: z.number().nullable(),
  advantage: z.number(),
  adjusted: z.number(),
  probability: z.number(),
  source: z.enum(['valid', 'model', 'memory', 'script', 'person']),
  evidence: z.array(evidence),
})

export const decisionSchema = z.object({
  state: z.object({ summary: z.string(), situation: z.string(), tokens: z.array(z.string()) }),
  candidates: z.array(candidate),
  neighbours: z.array(neighbour),
  value: z.number(),
  chosen: z.string(),
  staticChoice: z.string(),
})

const modelCall = z.object({
  model: z.string(),
  purpose: z.enum(['score', 'choose', 'propose', 'write', 'evaluate']),
  promptTokens: z.number(),
  completionTokens: z.number(),
  labelMass: z.number().nullable(),
  missing: z.number(),
  strangers: z.number(),
  disagreement: z.number().nullable(),
  fault: z.enum(['refusal', 'empty', 'cut short', 'malformed', 'huge', 'off the list', 'no numbers']).nullable(),
  retries: z.number(),
  cached: z.boolean(),
})

const inEpisode = { episode: z.number() }
const inTurn = { episode: z.number(), turn: z.number() }
const ending = { terminated: z.boolean(), truncated: z.boolean() }

/** One line of `events.jsonl`; the line's `time` is dropped. */
export const runEventSchema: z.ZodType<RunEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run-started'), run: z.string(), config }),
  z.object({
    type: z.literal('model-probed'),
    rung: z.string(),
    rejected: z.array(z.object({ rung: z.string(), reason: z.string() })),
    calls: z.array(modelCall),
  }),
  z.object({ type: z.literal('episode-started'), ...inEpisode, gameSeed: z.number() }),
  z.object({
    type: z.literal('observed'),
    ...inTurn,
    observation,
    worldHash: z.string(),
    validActions: z.array(z.string()),
  }),
  z.object({ type: z.literal('model-called'), ...inTurn, call: modelCall }),
  z.object({ type: z.literal('decided'), ...inTurn, decision: decisionSchema }),
  z.object({ type: z.literal('stepped'), ...inTurn, command: z.string(), reward: z.number(), ...ending }),
  z.object({
    type: z.literal('intervened'),
    ...inTurn,
    doing: z.discriminatedUnion('type', [
      z.object({ type: z.literal('command'), command: z.string() }),
      z.object({ type: z.literal('policy'), policy }),
    ]),
  }),
  z.object({
    type: z.literal('episode-ended'),
    ...inEpisode,
    score: z.number(),
    maxScore: z.number().nullable(),
    steps: z.number(),
    ...ending,
    victory: z.boolean(),
  }),
  z.object({
    type: z.literal('rewarded'),
    ...inEpisode,
    source: z.string(),
    rewards: z.array(z.number()),
    unrated: z.number(),
  }),
  z.object({ type: z.literal('memory-stored'), ...inEpisode, experiences: z.number(), states: z.number() }),
  z.object({ type: z.literal('run-ended'), scores: z.array(z.number()) }),
  z.object({ type: z.literal('failed'), message: z.string() }),
])

const provenance: z.ZodType<Provenance> = z.object({
  command: z.string(),
  version: z.string(),
  node: z.string(),
  machine: z.string(),
  forkedFrom: z.object({ directory: z.string(), episode: z.number(), turn: z.number() }).optional(),
})

/** `run.json`: what was asked, and where it was made. */
export const runHeaderSchema = z.object({ format: z.literal(1), run: z.string(), config, provenance })
