import { z } from 'zod'
import { keepsNotes } from '../../harness/index.ts'
import type { MemorySettings } from '../starting-memory.ts'
import { eviction, evictions } from './evictions.ts'
import { wholeNumber } from './flags.ts'
import { namedMemory } from './memory-path.ts'
import { UsageError } from './usage-error.ts'

/** How a command that agents play in is told what they remember before their first episode. */
export const memoryFlags = {
  memory: z.string().optional().meta({
    value: 'DB',
    description: "Begin with another run's memory.db (or its folder), which is only read",
  }),
  memoryEpisode: wholeNumber(1).optional().meta({
    value: 'E',
    description: 'With --memory: as it was after that episode',
  }),
  freeze: z.boolean().prefault(false).meta({
    description: 'With --memory: play by it and learn nothing more',
  }),
  warmStart: z.string().optional().meta({
    value: 'DB',
    description: 'The same as --memory: what was learnt there, perhaps on another story, and what is learnt here',
  }),
}

/** How a command that agents play in is told how much they keep. */
export const memoryLimitFlags = {
  memoryLimit: wholeNumber(1).optional().meta({
    value: 'N',
    description: 'Remember at most N experiences: whole episodes are forgotten to make room',
  }),
  evict: eviction.optional().meta({
    value: 'HOW',
    description: `With --memory-limit: which go first, ${evictions.join(' or ')}`,
  }),
}

/** Undefined for a memory without a limit. Throws `UsageError` where flags contradict each other, or one of the policies. */
export function memoryLimitOf(
  { memoryLimit, evict }: Partial<z.output<z.ZodObject<typeof memoryLimitFlags>>>,
  policies: readonly string[],
) {
  if (memoryLimit === undefined) {
    if (evict !== undefined) throw new UsageError('--evict needs the limit: --memory-limit N.')
    return undefined
  }
  const keeper = policies.find(keepsNotes)
  if (keeper !== undefined)
    throw new UsageError(`${keeper} keeps notes that no limit of the memory reaches: leave out --memory-limit.`)
  return { experiences: memoryLimit, evict: evict ?? evictions[0] }
}

type MemoryFlags = Partial<z.output<z.ZodObject<typeof memoryFlags>>>

/** Null for an agent that begins with nothing. Throws `UsageError` where flags contradict each other, or there is no memory. */
export function memoryOf({ memory, memoryEpisode, freeze = false, warmStart }: MemoryFlags): MemorySettings | null {
  if (memory !== undefined && warmStart !== undefined)
    throw new UsageError('--memory and --warm-start are the same: name one memory.')
  if (warmStart !== undefined && freeze)
    throw new UsageError('--warm-start is for learning on: to evaluate a memory, say --memory DB --freeze.')
  const path = memory ?? warmStart
  if (path !== undefined) {
    const file = namedMemory(memory === undefined ? '--warm-start' : '--memory', path)
    return { file, episode: memoryEpisode ?? null, frozen: freeze }
  }
  if (freeze) throw new UsageError('--freeze needs the memory to play by: --memory DB.')
  if (memoryEpisode !== undefined) throw new UsageError('--memory-episode needs the memory: --memory DB.')
  return null
}
