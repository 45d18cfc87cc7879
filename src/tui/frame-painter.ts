import type { PaintedRow } from './painted-rows.ts'
import { sizeOf } from './terminal-size.ts'

/** The few members of a terminal stream that are used here. */
export interface TerminalStream {
  readonly columns: number
  readonly rows: number
  write(text: string): unknown
}

const beginFrame = '\u001b[?2026h\u001b[?7l'
const endFrame = '\u001b[?7h\u001b[?2026l'
const clearScreen = '\u001b[2J'
const clearToEnd = '\u001b[0m\u001b[K'
const emptyRow: PaintedRow = { text: '', columns: 0 }

/**
 * Puts whole frames on an alternate screen, writing the lines that differ and nothing else.
 *
 * Ink's own writer moves relative to the last frame, which goes wrong when the terminal is resized below it, and
 * empties the user's scrollback when a frame is as tall as the terminal. Lines are addressed absolutely here, in one
 * synchronised update, without automatic wrapping: a character that the terminal takes for wider than we do is cut at
 * the edge and cannot push a line down.
 */
export class FramePainter {
  readonly #terminal: TerminalStream
  #shown: readonly PaintedRow[] | null = null

  constructor(terminal: TerminalStream) {
    this.#terminal = terminal
  }

  /** Rows from the top; what is below the terminal's last row is not written. */
  paint(frame: readonly PaintedRow[]): void {
    const { columns, rows } = sizeOf(this.#terminal)
    const lines = frame.slice(0, rows)
    const shown = this.#shown
    let update = shown ? '' : clearScreen
    for (let row = 0; row < Math.max(lines.length, shown?.length ?? 0); row += 1) {
      const line = lines[row] ?? emptyRow
      if (line.text === (shown?.[row] ?? emptyRow).text) continue
      // Erasing after a line that fills its row would erase its last character.
      update += `\u001b[${row + 1};1H${line.text}${line.columns < columns ? clearToEnd : ''}`
    }
    this.#shown = lines
    if (update !== '') this.#terminal.write(beginFrame + update + endFrame)
  }

  /** What stands on the terminal is no longer known: the next frame is written whole. */
  forget(): void {
    this.#shown = null
  }
}
