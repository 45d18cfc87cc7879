import type { Protocol } from '../../reports/index.ts'
import { counted } from '../tui/figures.ts'
import { plainLine } from '../tui/plain-text.ts'

/** What a score means nothing without, on one line. */
export function protocolLine(
  protocol: Pick<
    Protocol,
    'story' | 'release' | 'sha256' | 'gameSeed' | 'episodes' | 'stepLimit' | 'temperature' | 'prior' | 'handicaps'
  >,
  seeds: readonly number[],
): string {
  const { story, release, sha256, gameSeed, episodes, stepLimit, temperature, prior, handicaps } = protocol
  const drawn = gameSeed.type === 'fixed' ? `fixed at ${gameSeed.seed}` : gameSeed.type
  return plainLine(
    [
      `${story} ${release} (SHA-256 ${sha256.slice(0, 8)})`,
      `${counted(episodes, 'episode')} x ${counted(stepLimit, 'step')}`,
      `seed${seeds.length === 1 ? '' : 's'} ${seeds.join(' ')}`,
      `game seeds ${drawn}`,
      `prior ${prior.name} (${prior.rung}), temperature ${temperature}`,
      `given ${handicaps.join(', ')}`,
    ].join('; '),
  )
}
