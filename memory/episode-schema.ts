import { z } from 'zod'
import type { EpisodeRecord } from './experience-store.ts'

const stateSchema = z.object({ key: z.string(), situation: z.string(), tokens: z.array(z.string()) })

/** An episode as it comes from a file that anybody may have written. */
export const episodeSchema: z.ZodType<EpisodeRecord> = z.object({
  run: z.string(),
  episode: z.int().min(1),
  gameSeed: z.int(),
  score: z.number(),
  terminated: z.boolean(),
  victory: z.boolean(),
  steps: z.array(z.object({ state: stateSchema, action: z.string(), reward: z.number(), terminated: z.boolean() })),
  finalState: stateSchema,
})
