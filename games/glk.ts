import type { GlkStream, GlkWindow } from './ifvms.ts'

type Request = { readonly type: 'line'; readonly capacity: number } | { readonly type: 'char' }

const TEXT_BUFFER = 3
/** The rock by which ifvms opens the upper window; its other grids (v3 status line, size probe) are never read. */
const UPPER_WINDOW_ROCK = 203
const WIDTH = 80
const HEIGHT = 25

/** Characters a story may print in one turn: more than most stories hold in all. */
const LONGEST_TEXT = 200_000

/** A Glk window: a growing text, or a grid that is written over. */
class Window implements GlkWindow {
  readonly str: GlkStream & { readonly window: Window }
  readonly isGrid: boolean
  /** What was printed; in a grid, what has not been set at the cursor yet. */
  text = ''
  #grid: Grid

  constructor(isGrid: boolean, grid: Grid = { rows: [], row: 0, column: 0 }) {
    this.isGrid = isGrid
    this.#grid = grid
    this.str = { window: this }
  }

  /** Throws `RangeError` for a story that prints without end. */
  put(text: string): void {
    this.text += text
    if (this.text.length > LONGEST_TEXT) throw new RangeError('it prints without end')
  }

  moveTo(column: number, row: number): void {
    this.#grid = { ...this.grid, row, column }
  }

  clear(): void {
    if (!this.isGrid) return
    this.text = ''
    this.#grid = { rows: [], row: 0, column: 0 }
  }

  get grid(): Grid {
    const text = this.text.replaceAll('\n', '')
    const { row, column } = this.#grid
    // What is below the screen's edge is not seen; a story may split off any number of rows.
    if (row >= HEIGHT) this.text = ''
    else if (text !== '') {
      const rows = this.#grid.rows.slice()
      const old = (rows[row] ?? '').padEnd(column)
      rows[row] = old.slice(0, column) + text + old.slice(column + text.length)
      this.text = ''
      this.#grid = { rows, row, column: column + text.length }
    }
    return this.#grid
  }
}

/** Rows of text, and where the next goes. */
interface Grid {
  readonly rows: readonly string[]
  readonly row: number
  readonly column: number
}

/**
 * The Glk of one Z-machine: windows kept as text, files kept in memory, input asked for and never waited for. ifvms
 * calls nothing else of Glk; the names are Glk's.
 */
export class MemoryGlk {
  /** What the story waits for since the last `run`, or null. */
  request: Request | null = null
  /** While probing nobody looks at the upper window, so nothing is put there. */
  draws = true
  /** The last save that the story made; outlives restarts of the story, as a file would. */
  #savedGame: Uint8Array | null = null
  #main: Window | null = null
  #upper: Window | null = null
  #current: Window | null = null

  readonly RefBox = class {
    value = 0
    get_value(): number {
      return this.value
    }
  }
  readonly RefStruct = class {
    push_field(): void {}
  }

  /** The text printed since the last call, and forgets it. */
  takeText(): string {
    const text = this.#main?.text ?? ''
    if (this.#main) this.#main.text = ''
    // The story's new lines (Standard §3.8.2.5).
    return text.replaceAll('\r', '\n')
  }

  /** The rows of the upper window: the status line of a story that draws its own (Standard §8.2). */
  get statusRows(): readonly string[] {
    return this.#upper?.grid.rows ?? []
  }

  save(): GlkState {
    return {
      request: this.request,
      savedGame: this.#savedGame,
      upper: this.#upper?.grid ?? null,
      inUpper: this.#current !== null && this.#current === this.#upper,
    }
  }

  /** Returns the window that the machine then knows as its upper one. */
  load(state: GlkState): Window | null {
    this.request = state.request
    this.#savedGame = state.savedGame
    this.#upper = state.upper && new Window(true, state.upper)
    this.#current = state.inUpper ? this.#upper : this.#main
    return this.#upper
  }

  glk_window_open(_split: unknown, _method: number, _size: number, type: number, rock: number): Window {
    const window = new Window(type !== TEXT_BUFFER)
    if (!window.isGrid) this.#main = window
    else if (rock === UPPER_WINDOW_ROCK) this.#upper = window
    return window
  }
  glk_window_close(window: Window): void {
    if (window === this.#upper) this.#upper = null
  }
  glk_window_clear(window: Window): void {
    window.clear()
  }
  glk_window_get_size(window: Window, width: { value: number } | 0, height: { value: number } | 0): void {
    if (width) width.value = WIDTH
    if (height) height.value = window === this.#main ? HEIGHT : 0
  }
  glk_window_get_stream(window: Window): GlkStream {
    return window.str
  }
  glk_window_get_parent(window: Window): Window {
    return window
  }
  glk_window_set_arrangement(): void {}
  glk_window_move_cursor(window: Window, column: number, row: number): void {
    if (this.draws) window.moveTo(column, row)
  }
  glk_set_window(window: Window): void {
    this.#current = window
  }
  glk_put_jstring(text: string): void {
    if (this.#current) this.#put(this.#current, text)
  }
  glk_put_jstring_stream(stream: GlkStream & { window?: Window }, text: string): void {
    if (stream.window) this.#put(stream.window, text)
  }
  #put(window: Window, text: string): void {
    if (this.draws || !window.isGrid) window.put(text)
  }
  glk_put_char_stream_uni(): void {}
  glk_set_style(): void {}
  glk_stylehint_set(): void {}
  glk_stylehint_clear(): void {}
  glk_gestalt(): number {
    return 0
  }

  glk_request_line_event_uni(_window: Window, buffer: readonly number[]): void {
    this.request = { type: 'line', capacity: buffer.length }
  }
  glk_request_char_event_uni(): void {
    this.request = { type: 'char' }
  }
  glk_select(): void {}
  glk_exit(): void {}
  update(): void {}
  /** ifvms reports here what it would otherwise swallow. */
  fatal_error(error: unknown): void {
    throw error
  }

  glk_fileref_create_by_prompt(): void {}
  glk_fileref_destroy(): void {}
  get hasSavedGame(): boolean {
    return this.#savedGame !== null
  }
  glk_stream_open_file(): GlkStream {
    return {}
  }
  glk_stream_close(): void {}
  glk_put_buffer_stream(_stream: GlkStream, data: Uint8Array): void {
    this.#savedGame = data.slice()
  }
  glk_get_buffer_stream(_stream: GlkStream, buffer: Uint8Array): void {
    if (this.#savedGame) buffer.set(this.#savedGame.subarray(0, buffer.length))
  }
}

export interface GlkState {
  readonly request: Request | null
  readonly savedGame: Uint8Array | null
  readonly upper: Grid | null
  readonly inUpper: boolean
}
