/** Numbers and lists as a page says them. */

import { FEWEST_SEEDS } from './bootstrap.ts'

export function points(value: number, decimals = 1): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

export function signedPoints(value: number, decimals = 1): string {
  const text = points(value, decimals)
  return Number(text) > 0 ? `+${text}` : text
}

/** For means of these scores: where there are but a few points to win, tenths of one are too coarse to tell apart. */
export function meanDecimals(scores: readonly number[]): number {
  return scores.some((score) => Math.abs(score) >= 10) ? 1 : 2
}

/** Of intervals over so few seeds; nothing where there are enough. */
export function roughNote(seeds: number): string {
  return seeds < FEWEST_SEEDS ? ` With only ${seeds} seeds they are rough: too narrow to be trusted.` : ''
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** Ascending whole numbers, neighbours drawn together: `1–3, 7`. */
export function ranges(numbers: readonly number[]): string {
  const runs: number[][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last?.at(-1) === number - 1) last.push(number)
    else runs.push([number])
  }
  return runs.map((run) => (run.length === 1 ? `${run[0]}` : `${run[0]}–${run.at(-1)}`)).join(', ')
}

export function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en').format(words)
}
