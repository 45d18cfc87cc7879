const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const levels = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A share, 0 to 1, in at most four columns: `100%`, `34%`, `3.4%`, `<.1%`, `0%`. */
export function percent(share: number): string {
  const points = share * 100
  if (points >= 9.95) return `${points.toFixed(0)}%`
  if (points >= 0.05) return `${points.toFixed(1)}%`
  return points > 0 ? '<.1%' : '0%'
}

/** With up to two decimals, as many as `width` columns hold; `–` for what is not known. */
export function decimal(value: number | null, width: number, sign: 'always' | 'minus' = 'minus'): string {
  if (value === null || Number.isNaN(value)) return '–'
  if (value === 0) return '0'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  for (const digits of [2, 1, 0]) {
    const rounded = value.toFixed(digits)
    const text =
      Number(rounded) === 0 ? rounded.replace('-', '') : sign === 'always' && value > 0 ? `+${rounded}` : rounded
    if (text.length <= width) return text
  }
  return value.toExponential(0).replace('e+', 'e')
}

/** A bar of `width` columns at most; something that is not nothing is seen. */
export function bar(share: number, width: number): string {
  const units = Math.min(width * 8, Math.max(share > 0 ? 1 : 0, Math.round(share * width * 8)))
  return '█'.repeat(Math.floor(units / 8)) + eighths[units % 8]
}

/**
 * One column a value, `rows` lines from the top, the lowest of 0 and the values on the ground. Every value shows: the
 * ground itself is one eighth.
 */
export function sparkline(values: readonly number[], rows: number): readonly string[] {
  const low = Math.min(0, ...values)
  const high = Math.max(low + 1, ...values)
  const heights = values.map((value) => 1 + Math.round(((value - low) / (high - low)) * (rows * 8 - 1)))
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * 8
    return heights.map((height) => levels[Math.max(0, Math.min(8, height - below))]).join('')
  })
}

/**
 * A bar from the axis in the middle of `width` columns (an odd number), to the right for what is above 0, to the left
 * for what is below. `share`, -1 to 1, is of the longest bar; what is not nothing is seen.
 */
export function signedBar(share: number, width: number): string {
  const side = (width - 1) / 2
  const halves = Math.min(side * 2, Math.max(share === 0 ? 0 : 1, Math.round(Math.abs(share) * side * 2)))
  const full = '█'.repeat(Math.floor(halves / 2))
  if (share < 0) return `${(halves % 2 === 1 ? '▐' : '') + full}│`.padStart(side + 1) + ' '.repeat(side)
  return `${' '.repeat(side)}│${full}${halves % 2 === 1 ? '▌' : ''}`.padEnd(width)
}

/** `1 turn`, `2 turns`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
