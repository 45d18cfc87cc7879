import type { ReportedRun } from './reported-run.ts'

const COLUMNS = ['story', 'policy', 'seed', 'episode', 'score', 'max_score', 'steps', 'terminated', 'victory']

type Field = string | number | boolean | null

/** As RFC 4180 has it: texts always quoted, lines ended by CRLF, an unknown number left empty. */
export function csvOf(columns: readonly string[], rows: readonly (readonly Field[])[]): string {
  const lines = rows.map((row) => row.map((field) => (typeof field === 'string' ? quoted(field) : (field ?? ''))))
  return [columns, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

/** One line per episode. */
export function episodesCsv(runs: readonly ReportedRun[]): string {
  const rows = runs.flatMap(({ config, episodes }) =>
    episodes.map(({ episode, score, maxScore, steps, terminated, victory }) => [
      config.story.id,
      config.policy.name,
      config.seed,
      episode,
      score,
      maxScore ?? config.story.maxScore,
      steps,
      terminated,
      victory,
    ]),
  )
  return csvOf(COLUMNS, rows)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
