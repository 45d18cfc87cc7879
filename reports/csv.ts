import type { ReportedRun } from './reported-run.ts'

const COLUMNS = ['story', 'policy', 'seed', 'episode', 'score', 'max_score', 'steps', 'terminated', 'victory']

/** One line per episode, as RFC 4180 has it: texts always quoted, lines ended by CRLF, an unknown number left empty. */
export function episodesCsv(runs: readonly ReportedRun[]): string {
  const rows = runs.flatMap(({ config, episodes }) =>
    episodes.map(({ episode, score, maxScore, steps, terminated, victory }) => [
      quoted(config.story.id),
      quoted(config.policy.name),
      config.seed,
      episode,
      score,
      maxScore ?? config.story.maxScore,
      steps,
      terminated,
      victory,
    ]),
  )
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
