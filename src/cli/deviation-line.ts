import { deviations, deviationText } from '../../harness/index.ts'
import { plainLine } from '../tui/plain-text.ts'

/** What is otherwise than in the preset that a policy is named for, on one line; null where nothing else is than `known`. */
export function deviationLine(config: Parameters<typeof deviations>[0], known: readonly string[] = []): string | null {
  const found = deviations(config).filter(({ what }) => !known.includes(what))
  if (found.length === 0) return null
  return plainLine(`${config.policy.name}, otherwise than its preset: ${found.map(deviationText).join(', ')}`)
}
