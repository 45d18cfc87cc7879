import { deviations, deviationText } from '../../harness/index.ts'
import { plainLine } from '../tui/plain-text.ts'

/** What is otherwise than in the preset that a policy is named for, on one line; null where nothing is. */
export function deviationLine(config: Parameters<typeof deviations>[0]): string | null {
  const found = deviations(config).map(deviationText)
  return found.length === 0 ? null : plainLine(`${config.policy.name}, otherwise than its preset: ${found.join(', ')}`)
}
