import process from 'node:process'
import { textWidth } from '../tui/text-width.ts'
import { isReaderGone, unwritable } from '../tui/unwritable.ts'

let guarded = false

/** A line of the result, to stdout. A reader that goes away ends the program. */
export function print(line: string): void {
  if (!guarded) {
    guarded = true
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (isReaderGone(error)) process.exit(0)
      tell(`grue: ${unwritable(error)}`)
      process.exit(1)
    })
  }
  process.stdout.write(`${line}\n`)
}

export function printJson(value: unknown): void {
  // JSON escapes but the lower half of the control characters, and a terminal obeys the others as well.
  const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
  print(JSON.stringify(value).replace(/[\u007f-\u009f]/g, escaped))
}

/** A line for the person, to stderr. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Rows in aligned columns, without spaces at line ends. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, textWidth(cell))), [])
  for (const row of rows)
    print(
      row
        .map((cell, i) => cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - textWidth(cell))))
        .join('  ')
        .trimEnd(),
    )
}
