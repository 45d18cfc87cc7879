/** Numbers and lists as a page says them. */

export function points(value: number, decimals = 1): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

export function signedPoints(value: number): string {
  const text = points(value)
  return Number(text) > 0 ? `+${text}` : text
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
