import { createHash } from 'node:crypto'
import type { RunConfig } from './events.ts'

/**
 * The name of a run, from its configuration alone: equal configurations, equal names, so that logs can be compared
 * and a memory knows its own episodes again.
 */
export function runName(config: RunConfig): string {
  return `${config.story.id}/${config.policy.name}/seed-${config.seed}/${settingsDigest(config)}`
}

/** Eight hexadecimal digits that hang on names and values, not on their order. */
export function settingsDigest(settings: object): string {
  const sorted = [...leaves(settings)].sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 8)
}

/** One line for each setting in which two configurations differ, e.g. `seed: 1 recorded, 2 asked for`. */
export function configDifferences<Config extends object>(recorded: Config, asked: Config): readonly string[] {
  const before = new Map(leaves(recorded))
  const now = new Map(leaves(asked))
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((path) => before.get(path) !== now.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'nothing'} recorded, ${now.get(path) ?? 'nothing'} asked for`)
}

function* leaves(value: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, JSON.stringify(value)]
    return
  }
  for (const [key, child] of Object.entries(value)) yield* leaves(child, path === '' ? key : `${path}.${key}`)
}
