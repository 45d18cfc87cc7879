import { createRequire } from 'node:module'

/** A Glk window as ifvms handles it: an opaque token with a stream. */
export interface GlkWindow {
  readonly str: GlkStream
}
export interface GlkStream {
  readonly window?: GlkWindow
}

/** What the disassembler makes an instruction of. `func` gives its JavaScript, of the JavaScript for its operands. */
export interface OpcodeClass {
  readonly prototype: {
    func?: (this: { readonly pc: number }, ...operands: { U2S(): string }[]) => string
    /** Has a variable for the result. */
    readonly storer?: unknown
    /** Never goes on to the next instruction by itself. */
    readonly stopper?: unknown
  }
}

/**
 * The slice of ifvms 1.1.6 that grue uses. The package has no types; the names are its own. Only `machine.ts` and
 * `repairs.ts` touch it.
 */
export interface Zvm {
  /** Whole story, dynamic memory first (Standard §1.1). */
  readonly m: DataView
  /** Dynamic memory: the same bytes, writable. */
  readonly ram: DataView & { setUint8Array(start: number, data: Uint8Array): void }
  readonly staticmem: number
  readonly version: number
  readonly version3: boolean
  readonly globals: number
  readonly properties: number
  /** Address of object 0, were there one. */
  readonly objects: number
  jit: Record<number, unknown>
  /** By opcode number; made anew by every `restart`. */
  opcodes: Record<number, OpcodeClass>
  /** End of the story, as its header has it, and address of its abbreviations table. */
  readonly eof: number
  readonly abbr_addr: number
  /** What packed addresses are multiplied by (Standard §1.2.3). */
  readonly addr_multipler: number
  options: { stack_len: number; undo_len: number }
  stack: DataView & { setUint8Array(start: number, data: Uint8Array): void }
  frameptr: number
  frames: number[]
  s: Uint16Array
  l: Uint16Array
  sp: number
  pc: number
  stop: number
  quit?: number
  undo: UndoState[]
  undo_len: number
  io: ZvmIo
  read_data: ReadData
  glk_blocking_call: unknown
  /** What the story wants a file for; set while `glk_blocking_call` is. */
  fileref_data: { readonly func: 'save' | 'restore' | 'input_stream' | 'output_stream' }
  mainwin: GlkWindow | null
  statuswin: GlkWindow | null
  upperwin: GlkWindow | null
  prepare(story: Uint8Array, options: { Glk: unknown }): void
  start(): void
  restart(restoring?: number): void
  compile(): void
  /** Instances of the opcode classes, from `pc` up to the first instruction that never goes on to the next. */
  disassemble(): void
  ret(value: unknown): void
  run(): void
  make_stacks(): void
  handle_line_input(length: number, terminator?: number): void
  handle_char_input(code: number): void
  handle_create_fileref(file: unknown): unknown
  tokenise(text: number, parse: number, dictionary?: number, flag?: number): void
  /** Address of the standard dictionary; the dictionaries by address, as far as they were used. */
  readonly dict: number
  readonly dictionaries: Record<number, ParsedDictionary>
  parse_dict(address: number): ParsedDictionary
  /** The bytes of the Z-characters of a word, cut as the dictionary cuts it, of its ZSCII codes. */
  encode(zscii: readonly number[]): readonly number[]
  variable(variable: number, value: number): number
  decode(address: number, length?: number): unknown
  _print(text: string): void
  random(range: number): number
  remove_obj(object: number): void
  insert_obj(object: number, destination: number): void
  scan_table(key: number, table: number, length: number, form?: number): number
  print(type: number, value: number): void
  print_table(table: number, width: number, height?: number, skip?: number): void
  copy_table(first: number, second: number, size: number): void
  encode_text(text: number, length: number, from: number, target: number): void
  split_window(lines: number): void
  set_cursor(row: number, column: number): void
  set_window(window: number): void
  erase_window(window: number): void
  erase_line(value: number): void
  set_style(style: number): void
  set_font(font: number): number
  set_true_colour(foreground: number, background: number): void
  /** The value with its sign. */
  U2S(value: number): number
  output_stream(stream: number, address?: number, whilePrinting?: unknown): void
  /** Ours: what `throw` calls, see repairs.ts. */
  unwind(cookie: number): void
  save_undo(pc: number, variable: number): number
  restore_undo(): number
  v3_status(): void
  find_prop(object: number, property: number, previous?: number): number
  get_prop(object: number, property: number): number
  put_prop(object: number, property: number, value: number): void
  get_child(object: number): number
  get_sibling(object: number): number
  get_parent(object: number): number
  set_attr(object: number, attribute: number): void
  clear_attr(object: number, attribute: number): void
  test_attr(object: number, attribute: number): number
  readonly alphabets: readonly (readonly number[])[]
  readonly unicode_table: Readonly<Record<number, string>>
  readonly reverse_unicode_table: Readonly<Record<number, number>>
}

interface UndoState {
  readonly ram: Uint8Array
  readonly stack: Uint8Array
  frames: number[]
}

/** Plain data: the screen model's state and the output streams (Standard §7, §8). */
export interface ZvmIo {
  streams: [unknown, unknown, { mode?: number }, [number, string][], { mode?: number }]
  currentwin: number
  /** The transcript bit and the fixed-pitch bit of the header as last seen; the latter among other bits. */
  transcript: number
  mono: number
  /** Size of the upper window, and the cursor in it. */
  width: number
  height: number
  row: number
  col: number
}

/** Addresses of a dictionary's words by the bytes of their Z-characters, joined by commas. */
export type ParsedDictionary = Readonly<Record<string, number | undefined>> & { readonly separators: readonly number[] }

interface ReadData {
  readonly buffer: number[]
  /** The story's buffers for the line and for its words, or 0, and the variable for the key that ended it (Standard §15, `read`). */
  readonly bufaddr: number
  readonly parseaddr: number
  readonly storer: number
}

const { ZVM } = createRequire(import.meta.url)('ifvms') as { ZVM: new () => Zvm }

export function newZvm(): Zvm {
  return new ZVM()
}
