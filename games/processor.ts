import type { Zvm } from './ifvms.ts'
import { ObjectOperations } from './object-operations.ts'
import type { Code, Program, Run } from './program.ts'
import type { ReadLog } from './read-log.ts'

/** Calls that may be nested in one run of compiled code; deeper ones begin a new run, so JavaScript's stack suffices. */
const DEEPEST = 250
/** Words kept free above a new frame's beginning: header, locals, a little stack. */
const HEADROOM = 64
/** The store variable of a call whose result is thrown away; its high byte is the frame's flag that says so. */
export const NOWHERE = 0x1000

/** What compiled code returns where it stopped before its routine returned. */
export const STOPPED = -1

/**
 * What compiled code runs on. It keeps ifvms's own stack: a frame is four words (return address, flags, store variable,
 * arguments, stack use), the locals, the evaluation stack. While compiled code runs, locals and evaluation stack are
 * JavaScript variables; it writes them to the frame when it stops, so that at every stop ifvms's state is whole.
 *
 * The property names are short because they stand in generated code.
 */
export class Processor {
  readonly e: Zvm
  /** The story's memory, with zeros up to 64 KB. */
  readonly M: Uint8Array
  o: ObjectOperations
  /** Told what code that notes it reads and writes. */
  r: ReadLog | null = null
  /** ifvms's stack as words. Replaced at a restart. */
  S: Uint16Array = new Uint16Array(0)
  frames: number[] = []
  /** How many calls of compiled code are going on. */
  depth = 0
  fuel = 0
  /** Instructions that may still be compiled in this turn. */
  compiling = 0
  turn = 0
  /** Where compiled code stopped; while it runs, the address after the last call. */
  pc = 0
  sp = 0
  /** ifvms's `frameptr` at the stop. */
  frame = 0
  /** Whether it stopped before an instruction that only ifvms carries out. */
  foreign = false
  program: Program
  readonly #end: number
  /** ifvms's `frames` for these calls. */
  readonly #callers = new Int32Array(DEEPEST + 1)

  constructor(vm: Zvm, memory: Uint8Array, program: Program) {
    this.e = vm
    this.M = memory
    this.o = new ObjectOperations(memory, this)
    this.program = program
    this.#end = (memory[0x0e]! << 8) | memory[0x0f]!
  }

  /** Runs compiled code on the newest frame. Returns what its routine returned, or `STOPPED`. */
  enter(run: Run): number {
    const { e } = this
    if (this.S.buffer !== e.stack.buffer) this.S = new Uint16Array(e.stack.buffer)
    this.frames = e.frames
    this.depth = 0
    const { frameptr } = e
    const result = run(this, frameptr >> 1, e.sp)
    if (result === STOPPED) {
      e.pc = this.pc
      e.frameptr = this.frame
      e.sp = this.sp
      e.make_stacks()
    } else {
      // `random` has moved it.
      e.frameptr = frameptr
    }
    return result
  }

  /**
   * Calls a routine from the frame at word `b`. The new frame is at word `n`, where the arguments have been written.
   * `store`: the variable for the result, or `NOWHERE`. Returns the result, or `STOPPED`.
   */
  call(b: number, n: number, packed: number, next: number, store: number, supplied: number): number {
    if (packed === 0) return 0
    const { S, depth } = this
    const routine = this.program.routine(packed, this.e)
    const { locals, run } = routine
    if (routine.turn !== this.turn) this.meet(routine)
    this.pc = next
    if (n + HEADROOM > S.length) throw new RangeError('the stack is full')
    if (--this.fuel < 0) this.endless()
    S[n] = ((next >> 16) & 0xff) | (next & 0xff00)
    S[n + 1] = (next & 0xff) | (((store >> 8) | locals.length) << 8)
    S[n + 2] = (store & 0xff) | (((1 << supplied) - 1) << 8)
    this.#callers[depth] = b << 1
    this.depth = depth + 1
    if (run === null || depth === DEEPEST) {
      S[n + 3] = 0
      for (let i = supplied; i < locals.length; i++) S[n + 4 + i] = locals[i]!
      this.stop(routine.start, 0, n, false)
      return STOPPED
    }
    const result = run(this, n, supplied)
    this.depth = depth
    return result
  }

  stop(pc: number, sp: number, b: number, foreign: boolean): void {
    this.pc = pc
    this.sp = sp
    this.frame = b << 1
    this.foreign = foreign
    this.#tellCalls()
  }

  /** Puts the calls that are going on into ifvms's list. */
  #tellCalls(): void {
    for (let i = 0; i < this.depth; i++) this.frames.push(this.#callers[i]!)
  }

  /** An instruction without an operand it needs spends NaN steps, which no comparison would ever stop. */
  spend(steps: number): void {
    this.fuel -= steps
    if (!(this.fuel >= 0)) this.endless()
  }

  /** Whether code had to be compiled must not show: it counts once in each turn that comes to it. */
  meet(code: Code): void {
    code.turn = this.turn
    this.compiling -= code.size
    if (this.compiling < 0) this.endless()
  }

  endless(): never {
    throw new EndlessTurn()
  }

  /** `random` is told where it is asked from: the instruction, and through the frame its callers. */
  random(range: number, pc: number, b: number): number {
    const { e, frames } = this
    const outside = frames.length
    this.#tellCalls()
    e.pc = pc
    e.frameptr = b << 1
    const number = e.random(range)
    frames.length = outside
    return number
  }

  putWord(address: number, value: number): void {
    if (address + 2 > this.#end) this.#protect(address)
    this.M[address] = value >> 8
    this.M[address + 1] = value
  }

  putByte(address: number, value: number): void {
    if (address >= this.#end) this.#protect(address)
    this.M[address] = value
  }

  #protect(address: number): never {
    throw new RangeError(`address ${address} is not in dynamic memory`)
  }
}

/** The turn ran longer than any story's. */
export class EndlessTurn extends RangeError {
  override name = 'EndlessTurn'
}
