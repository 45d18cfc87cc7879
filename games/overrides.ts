import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Calibration, Origin } from './calibration.ts'
import type { Zvm } from './ifvms.ts'

/** Number of a global variable, as disassemblers count them from 0 (Standard §6.2). */
const global = z.strictObject({ global: z.int().min(0).max(239) })

const override = z.strictObject({
  player: z.union([global, z.strictObject({ object: z.int().min(1).max(65535) })]).optional(),
  /** Null: the story gives no points. */
  score: z
    .union([global, z.strictObject({ from: z.enum(['answer', 'status line']) })])
    .nullable()
    .optional(),
  moves: global.optional(),
  maxScore: z.int().min(1).optional(),
})

/** What a user knows of a story better than its calibration does. */
export type Override = z.infer<typeof override>

const overrides = z
  .record(z.string(), override)
  .refine((all) => Object.keys(all).every((key) => /^[0-9a-f]{64}$/.test(key)), {
    error: 'stories are named by their SHA-256, 64 hex digits, as "grue games info" shows it',
  })

/** The file of overrides is not what it should be. The message says where and what to do. */
export class OverridesError extends Error {
  override name = 'OverridesError'
}

/**
 * Reads a user's file of overrides: JSON, by the SHA-256 of a story as `grue games info` shows it. None where there is
 * no such file. Throws `OverridesError`.
 */
export function readOverrides(path: string): Readonly<Record<string, Override>> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new OverridesError(`${path} cannot be read (${String(error)}): check its permissions.`)
  }
  try {
    return overrides.parse(JSON.parse(text))
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map(({ path: at, message }) => [...at, message].join(': ')).join('; ')
        : String(error)
    throw new OverridesError(`${path} is not a file of overrides (${reason}): see docs/games.md for what it may say.`)
  }
}

/** The calibration, with what the override says in the place of what was found. */
export function overridden({ globals }: Zvm, found: Calibration, override: Override | undefined): Calibration {
  if (override === undefined) return found
  const address = <T extends object>(place: T | { readonly global: number }) =>
    'global' in place ? { global: globals + 2 * place.global } : place
  const { player, score, moves, maxScore } = override
  return {
    ...found,
    ...(player && { player: address(player) }),
    ...(score !== undefined && { score: score && address(score) }),
    ...(moves && { moves: globals + 2 * moves.global }),
    ...(maxScore !== undefined && { maxScore }),
    origins: {
      player: player ? BY_USER : found.origins.player,
      score: score === undefined ? found.origins.score : BY_USER,
      moves: moves ? BY_USER : found.origins.moves,
      maxScore: maxScore === undefined ? found.origins.maxScore : BY_USER,
    },
  }
}

const BY_USER: Origin = { how: 'an override of yours', sure: 'certain' }
