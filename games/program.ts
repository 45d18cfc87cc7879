import { setFlagsFromString } from 'node:v8'
import type { Zvm } from './ifvms.ts'
import { stepsOf } from './meter.ts'
import type { Processor } from './processor.ts'
import { compileFrom } from './routine-compiler.ts'
import { DecodedTexts, isAt } from './story-text.ts'

/**
 * Runs a routine from one place on to its end, on the frame at word `b` with `n` words on its stack, or a whole routine
 * with `n` arguments. Returns what the routine returns, or `STOPPED`.
 */
export type Run = (p: Processor, b: number, n: number) => number

/** Code that was compiled, or that cannot be. */
export interface Code {
  /** Instructions that were read for it. */
  readonly size: number
  /** The last turn that came to it. */
  turn: number
}

/** A routine that can be called. */
export interface Routine extends Code {
  /** Address of the first instruction. */
  readonly start: number
  /** What the locals hold that no argument was given for (Standard §5.2). */
  readonly locals: readonly number[]
  /** Null where only ifvms can run it. */
  readonly run: Run | null
}

/** A routine from some place on. */
export interface Place extends Code {
  readonly run: Run | null
}

/** A piece of ifvms's own code, which ends at the next branch that is taken, call or return. */
export interface Piece extends Code {
  readonly code: (vm: Zvm) => number | undefined
  readonly steps: number
  /** What it was made of, where the story may change that. */
  readonly from: Uint8Array | null
}

/** Instructions that are kept compiled: more than a story of 512 KB has. */
const MOST_KEPT = 500_000

const MOST_LOCALS = 15

/**
 * A story is hundreds of routines, most of them run a few times a turn. V8 optimizes each when it has run for 132 KB of
 * bytecode, with 920 bytes of others copied into it, and that took more processor time than it saved: a third of what
 * sixty searches from a fresh start cost, half of what the first hundred steps do.
 */
setFlagsFromString('--interrupt-budget=330000')
setFlagsFromString('--max-inlined-bytecode-size-cumulative=200')

/** What has been compiled of one story, by all its machines. */
export class Program {
  static readonly #known = new WeakMap<Uint8Array, Program>()
  readonly texts: DecodedTexts
  /** Whether the code notes what it reads (`ReadLog`). */
  readonly #noting: boolean
  #twin: Program | null = null
  /** By packed address. Of full length, because V8 keeps a sparse array as a dictionary. */
  readonly #routines = new Array<Routine | undefined>(0x10000)
  readonly #places = new Map<number, Place>()
  readonly #pieces = new Map<number, Piece>()
  /** Instructions of all that is kept. */
  #kept = 0

  private constructor(texts: DecodedTexts, noting: boolean) {
    this.texts = texts
    this.#noting = noting
  }

  /** The program of a story: the same for the same array, which must not be written to. */
  static of(story: Uint8Array): Program {
    const program = Program.#known.get(story) ?? new Program(new DecodedTexts(story), false)
    Program.#known.set(story, program)
    return program
  }

  /** The same story compiled into code that notes what it reads. */
  get noting(): Program {
    this.#twin ??= new Program(this.texts, true)
    return this.#twin
  }

  /** The routine at a packed address (Standard §1.2.3). */
  routine(packed: number, vm: Zvm): Routine {
    return this.#routines[packed] ?? this.#load(packed, vm)
  }

  /** The routine that the machine stands in, from there on. */
  here(vm: Zvm): Place {
    const { pc } = vm
    const known = this.#places.get(pc)
    if (known !== undefined) return known
    const place = this.#count({ ...compileFrom(vm, pc, vm.l.length, this.#noting), turn: 0 })
    this.#places.set(pc, place)
    return place
  }

  /** ifvms's code from where the machine stands. */
  piece(vm: Zvm): Piece {
    const { pc } = vm
    const known = this.#pieces.get(pc)
    if (known && (known.from === null || isAt(bytesOf(vm), pc, known.from))) return known
    vm.jit = {}
    vm.compile()
    const end = vm.pc
    // It must not show whether this was the first time.
    vm.pc = pc
    const size = (end - pc) >> 1
    const piece = this.#count({
      code: vm.jit[pc] as Piece['code'],
      steps: stepsOf(end - pc, size),
      from: pc < vm.staticmem ? bytesOf(vm).slice(pc, end) : null,
      size,
      turn: 0,
    })
    this.#pieces.set(pc, piece)
    return piece
  }

  /** A story may take any place for code; what has been compiled is thrown away before there is too much of it. */
  tidy(): void {
    this.#twin?.tidy()
    if (this.#kept < MOST_KEPT) return
    this.#routines.fill(undefined)
    this.#places.clear()
    this.#pieces.clear()
    this.#kept = 0
  }

  #count<Kind extends Code>(code: Kind): Kind {
    this.#kept += code.size
    return code
  }

  #load(packed: number, vm: Zvm): Routine {
    const header = packed * vm.addr_multipler
    const count = vm.m.getUint8(header)
    const hasValues = vm.version < 5
    const start = header + 1 + (hasValues ? 2 * count : 0)
    const locals = Array.from({ length: count }, (_, i) => (hasValues ? vm.m.getUint16(header + 1 + 2 * i) : 0))
    const compiled =
      count > MOST_LOCALS || header < vm.staticmem
        ? { run: null, size: 0 }
        : compileFrom(vm, start, locals, this.#noting)
    const routine = this.#count({ start, locals, ...compiled, turn: 0 })
    // What lies in dynamic memory may be another routine next time.
    if (header >= vm.staticmem) this.#routines[packed] = routine
    return routine
  }
}

function bytesOf({ m }: Zvm): Uint8Array {
  return new Uint8Array(m.buffer, m.byteOffset, m.byteLength)
}
