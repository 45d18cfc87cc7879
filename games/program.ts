import { setFlagsFromString } from 'node:v8'
import type { Zvm } from './ifvms.ts'
import type { Processor } from './processor.ts'
import { compileFrom } from './routine-compiler.ts'
import { DecodedTexts } from './story-text.ts'

/**
 * Runs a routine from one place on to its end, on the frame at word `b` with `n` words on its stack, or a whole routine
 * with `n` arguments. Returns what the routine returns, or `STOPPED`.
 */
export type Run = (p: Processor, b: number, n: number) => number

/** A routine that can be called. */
export interface Routine {
  /** Address of the first instruction. */
  readonly start: number
  /** What the locals hold that no argument was given for (Standard §5.2). */
  readonly locals: readonly number[]
  /** Null where only ifvms can run it. */
  readonly run: Run | null
}

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
  /** ifvms's own table: pieces of code by address. */
  readonly fragments: unknown[] = []
  static readonly #known = new WeakMap<Uint8Array, Program>()
  readonly texts: DecodedTexts
  /** Whether the code notes what it reads (`ReadLog`). */
  readonly #noting: boolean
  #twin: Program | null = null
  /** By packed address. Of full length, because V8 keeps a sparse array as a dictionary. */
  readonly #routines = new Array<Routine | undefined>(0x10000)
  readonly #places = new Map<number, Run | null>()

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

  /** The routine that the machine stands in, from there on; null where only ifvms can run it. */
  here(vm: Zvm): Run | null {
    const { pc } = vm
    const known = this.#places.get(pc)
    if (known !== undefined) return known
    const run = compileFrom(vm, pc, vm.l.length, this.#noting)
    this.#places.set(pc, run)
    return run
  }

  #load(packed: number, vm: Zvm): Routine {
    const header = packed * vm.addr_multipler
    const count = vm.m.getUint8(header)
    const hasValues = vm.version < 5
    const start = header + 1 + (hasValues ? 2 * count : 0)
    const locals = Array.from({ length: count }, (_, i) => (hasValues ? vm.m.getUint16(header + 1 + 2 * i) : 0))
    const run = count > MOST_LOCALS || header < vm.staticmem ? null : compileFrom(vm, start, locals, this.#noting)
    const routine = { start, locals, run }
    // What lies in dynamic memory may be another routine next time.
    if (header >= vm.staticmem) this.#routines[packed] = routine
    return routine
  }
}
