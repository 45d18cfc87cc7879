import { EventEmitter } from 'node:events'
import xterm from '@xterm/headless'

/** What a person would see: a terminal emulator that takes the place of `process.stdout`. */
export class EmulatedTerminal extends EventEmitter {
  readonly isTTY = true
  readonly #emulator: xterm.Terminal
  /** Everything written, escape sequences and all. */
  written = ''

  constructor(columns: number, rows: number) {
    super()
    this.#emulator = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 100,
      convertEol: true,
      allowProposedApi: true,
    })
  }

  get columns() {
    return this.#emulator.cols
  }

  get rows() {
    return this.#emulator.rows
  }

  write(text: string): boolean {
    this.written += text
    this.#emulator.write(text)
    return true
  }

  resize(columns: number, rows: number) {
    this.#emulator.resize(columns, rows)
    this.emit('resize')
  }

  /** The rows of the screen from the top, without spaces at their ends. */
  async screen(): Promise<readonly string[]> {
    await new Promise<void>((resolve) => this.#emulator.write('', resolve))
    const { active } = this.#emulator.buffer
    return Array.from(
      { length: this.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
  }

  /** The column, from 0, of a character in the first row. */
  columnOf(character: string): number {
    const line = this.#emulator.buffer.active.getLine(this.#emulator.buffer.active.baseY)
    return Array.from({ length: this.columns }, (_, column) => line?.getCell(column)?.getChars()).indexOf(character)
  }

  /** How many lines have scrolled off the top of the active screen. */
  get scrolledOff() {
    return this.#emulator.buffer.active.baseY
  }

  get isAlternate() {
    return this.#emulator.buffer.active.type === 'alternate'
  }

  get wrapsLines() {
    return this.#emulator.modes.wraparoundMode
  }

  get cursorIsVisible() {
    return this.written.lastIndexOf('\u001b[?25h') >= this.written.lastIndexOf('\u001b[?25l')
  }
}

/** A keyboard in the form of `process.stdin`. */
export class EmulatedKeyboard extends EventEmitter {
  readonly isTTY = true
  isRaw = false

  type(keys: string) {
    this.emit('data', keys)
  }

  setRawMode(raw: boolean) {
    this.isRaw = raw
    return this
  }

  setEncoding() {}
  resume() {}
  pause() {}
  ref() {}
  unref() {}
}
