import type { Decision, Evidence } from '../../harness/index.ts'
import { plainLine } from './plain-text.ts'

/** A decision as the screen shows it. Every text in it is safe to print, but for the evidence's. */
export interface AdvantageTable {
  /** Most probable first; equals by prior, then in the policy's order. */
  readonly rows: readonly TableRow[]
  readonly state: string
  readonly value: number
  readonly neighbours: number
  /** The largest advantage either way: what a full bar stands for. */
  readonly span: number
}

export interface TableRow {
  readonly command: string
  readonly prior: number
  readonly visits: number
  readonly q: number | null
  readonly advantage: number
  readonly adjusted: number
  readonly probability: number
  readonly chosen: boolean
  readonly staticChoice: boolean
  /** Only the memory brought it in. */
  readonly remembered: boolean
  readonly evidence: readonly Evidence[]
}

const made = new WeakMap<Decision, AdvantageTable>()

export function tableOf(decision: Decision): AdvantageTable {
  const known = made.get(decision)
  if (known) return known
  const table = { ...arranged(decision), state: plainLine(decision.state.summary) }
  made.set(decision, table)
  return table
}

function arranged({ candidates, chosen, staticChoice, value, neighbours }: Decision) {
  const rows = candidates.map(
    (candidate): TableRow => ({
      command: plainLine(candidate.action),
      prior: candidate.prior,
      visits: candidate.visits,
      q: candidate.q,
      advantage: candidate.advantage,
      adjusted: candidate.adjusted,
      probability: candidate.probability,
      chosen: candidate.action === chosen,
      staticChoice: candidate.action === staticChoice,
      remembered: candidate.source === 'memory',
      evidence: candidate.evidence,
    }),
  )
  return {
    rows: rows.toSorted((a, b) => b.probability - a.probability || b.prior - a.prior),
    value,
    neighbours: neighbours.length,
    span: Math.max(...rows.map(({ advantage }) => Math.abs(advantage)), 0),
  }
}

export interface VisibleRows {
  /** With their ranks in the whole table. */
  readonly rows: readonly { readonly row: TableRow; readonly rank: number }[]
  /** What had no room: how many, and their probability together. */
  readonly hidden: { readonly count: number; readonly probability: number }
}

/**
 * The rows that a table of `height` lines shows: the most probable, and before them, as far as there is room, the selected
 * one, the chosen one and the static choice. One line is kept for what is hidden.
 */
export function visibleRows(rows: readonly TableRow[], height: number, selected: number | null = null): VisibleRows {
  const ranked = rows.map((row, rank) => ({ row, rank }))
  if (rows.length <= height) return { rows: ranked, hidden: { count: 0, probability: 0 } }
  const importance = ({ row, rank }: { readonly row: TableRow; readonly rank: number }) =>
    rank === selected ? 3 : row.chosen ? 2 : row.staticChoice ? 1 : 0
  const byImportance = ranked.toSorted((a, b) => importance(b) - importance(a))
  const kept = new Set(byImportance.slice(0, Math.max(0, height - 1)))
  const hidden = ranked.filter((entry) => !kept.has(entry))
  return {
    rows: ranked.filter((entry) => kept.has(entry)),
    hidden: { count: hidden.length, probability: hidden.reduce((sum, { row }) => sum + row.probability, 0) },
  }
}
