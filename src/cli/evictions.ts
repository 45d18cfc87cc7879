import { z } from 'zod'
import type { Eviction } from '../../memory/index.ts'

export const evictions = ['least-recently-useful', 'lowest-return'] as const satisfies readonly Eviction[]

/** What a flag that names one may be. */
export const eviction = z.enum(evictions, { error: `must be one of ${evictions.join(', ')}` })
