import { FrotzRandom } from './frotz-random.ts'
import { type GlkState, MemoryGlk } from './glk.ts'
import { newZvm, type Zvm } from './ifvms.ts'
import { LineInput } from './line-input.ts'
import type { ObjectOperations } from './object-operations.ts'
import { EndlessTurn, Processor, STOPPED } from './processor.ts'
import { Program } from './program.ts'
import { NotingOperations, type ReadLog } from './read-log.ts'
import { chargeInstructions, limitStreams, repairObjects, repairOpcodes } from './repairs.ts'
import { quickenText } from './story-text.ts'

/** The story did what the Z-machine forbids, or never ended its turn. The message says which, and at what address. */
export class StoryFault extends Error {
  override name = 'StoryFault'
}

/**
 * Steps that a turn may take before it counts as endless: calls, jumps back, stretches of code, characters printed,
 * bytes moved. The longest turn of the shared walkthroughs takes a fiftieth of them, and prints 5,488 characters; an
 * endless one is given up within a second.
 */
const FUEL = 3_000_000

/**
 * A turn of so many steps is given up in the end, as a rule, and takes up to a second; no turn of the shared stories, nor
 * of a search along their walkthroughs, takes a seventh of it. Of all turns that are tried together it is then worth as
 * many steps as ten times ten thousand others.
 */
const LONG = 500_000
const WORTH_OF_LONG = 500_000_000

/**
 * What an operation on all of memory costs of it: `restart`, `save`, `restore`, `save_undo`. Stories do one in a turn;
 * a thousand take under a second.
 */
const WHOLE_MEMORY = FUEL / 1000

/** What leaving compiled code for ifvms's own costs. */
const PIECE = 12

/** Instructions of all code that a turn may come to, which may have to be compiled; real ones come to a sixth of it. */
const COMPILING = 75_000

/** Turns of all machines, since code is compiled for all of them. */
let turns = 0

/** What a Z-machine's 16-bit addresses can reach, a word at the last included. */
const ADDRESSABLE = 0x10001

/** After so many V8 remembers where a property is found. */
const ENOUGH_READS = 20

/** Glk's code for the Enter key; ifvms turns it into ZSCII 13. */
const ENTER = 0xfffffffa

/** The machine at one moment: plain copies, never written to again. */
export interface MachineState {
  readonly ram: Uint8Array
  readonly stack: Uint8Array
  readonly frames: readonly number[]
  readonly frameptr: number
  readonly sp: number
  readonly pc: number
  readonly quit: boolean
  readonly io: Zvm['io']
  readonly readData: Zvm['read_data']
  readonly undo: Zvm['undo']
  readonly undoLength: number
  readonly random: ReturnType<FrotzRandom['save']>
  readonly glk: GlkState
}

/** One Z-machine with a story in it, run from prompt to prompt. */
export class Machine {
  readonly vm: Zvm = newZvm()
  readonly glk = new MemoryGlk()
  readonly random: FrotzRandom
  /** Draws the story's random numbers; probing puts another source in its place. */
  draw: (range: number) => number
  /** Steps that a turn may take before it is given up as endless. */
  fuel = FUEL
  /** Steps that all turns have taken, and how many they may have before each is refused: for trying many. */
  spent = 0
  patience = Number.POSITIVE_INFINITY
  /** While probing no turn is ever undone, so the copies for `undo` are spared. */
  keepsUndo = true
  readonly #program: Program
  readonly #processor: Processor
  readonly #objects: ObjectOperations
  readonly #text: { start(): void }
  readonly #lines: LineInput
  #stack: Zvm['stack'] | null = null
  #views: { readonly l: Uint16Array; readonly s: Uint16Array }[] = []

  /** Runs to the first prompt. Throws `StoryFault`. `story` is copied. */
  constructor(story: Uint8Array, seed: number) {
    this.random = new FrotzRandom(seed)
    this.draw = (range) => this.random.random(range)
    const vm = this.vm
    const memory = new Uint8Array(Math.max(story.length, ADDRESSABLE))
    memory.set(story)
    vm.prepare(memory.subarray(0, story.length), { Glk: this.glk })
    this.#program = Program.of(story)
    this.#processor = new Processor(vm, memory, this.#program)
    this.#objects = this.#processor.o
    repairObjects(vm, this.#objects)
    limitStreams(vm)
    this.#text = quickenText(vm, memory, this.glk, this.#program.texts, this.#processor)
    this.#lines = new LineInput(vm, memory)
    chargeInstructions(vm, (steps) => this.#processor.spend(steps))
    const restart = vm.restart.bind(vm)
    vm.restart = (restoring) => {
      this.#processor.spend(WHOLE_MEMORY)
      restart(restoring)
      repairOpcodes(vm)
    }
    vm.random = (range) => {
      this.#processor.spend(1)
      return this.draw(range)
    }
    vm.v3_status = () => {}
    vm.make_stacks = () => this.#makeStacks()
    const saveUndo = vm.save_undo.bind(vm)
    vm.save_undo = (pc, variable) => {
      if (!this.keepsUndo) return 1
      this.#processor.spend(WHOLE_MEMORY)
      return saveUndo(pc, variable)
    }
    const restoreUndo = vm.restore_undo.bind(vm)
    vm.restore_undo = () => {
      // The entry that is popped may also belong to a snapshot, and the machine goes on to write to its frames.
      const last = vm.undo.at(-1)
      if (last) vm.undo[vm.undo.length - 1] = { ...last, frames: last.frames.slice() }
      return restoreUndo()
    }
    vm.run = () => this.#run()
    this.#guarded(() => vm.start())
    quicken(vm)
  }

  /** Has everything noted that turns read and write, until `stopNoting`. */
  noteReads(log: ReadLog, player: number): void {
    const processor = this.#processor
    processor.program = this.#program.noting
    processor.o = new NotingOperations(processor.M, processor, log, player)
    processor.r = log
  }

  stopNoting(): void {
    this.#processor.program = this.#program
    this.#processor.o = this.#objects
  }

  get input(): 'line' | 'char' | 'none' {
    return this.vm.quit ? 'none' : (this.glk.request?.type ?? 'none')
  }

  /** Where in the story's code it waits: equal at the main prompt, another within a question that the parser asks. */
  get position(): string {
    return [this.vm.pc, ...this.vm.frames].join()
  }

  /** Types a line and runs to the next prompt. What does not fit the story's buffer is cut off (Standard §15, `read`). */
  line(text: string): void {
    const { vm } = this
    const request = this.glk.request
    if (request?.type !== 'line') throw new StoryFault('The story does not wait for a line.')
    this.#guarded(() => {
      const line = (this.#given() + text).slice(0, request.capacity)
      this.glk.request = null
      this.#lines.type(line)
      vm.run()
    })
  }

  /** What the story has typed for the player, to be gone on with (Standard §15, `read`: the buffer's byte 1). */
  #given(): string {
    const { m, version, read_data, unicode_table } = this.vm
    if (version < 5) return ''
    const length = m.getUint8(read_data.bufaddr + 1)
    return Array.from({ length }, (_, i) => {
      const code = m.getUint8(read_data.bufaddr + 2 + i)
      return unicode_table[code] ?? String.fromCharCode(code)
    }).join('')
  }

  /** Presses a key and runs to the next prompt. An empty string is Enter. */
  key(character: string): void {
    const { vm } = this
    const code = character.charCodeAt(0)
    this.#guarded(() => {
      this.glk.request = null
      vm.handle_char_input(Number.isNaN(code) || code === 10 || code === 13 ? ENTER : code)
      vm.run()
    })
  }

  save(): MachineState {
    const { vm } = this
    const { streams } = vm.io
    return {
      ram: bytesOf(vm.ram).slice(),
      stack: bytesOf(vm.stack).slice(0, vm.s.byteOffset + vm.sp * 2),
      frames: vm.frames.slice(),
      frameptr: vm.frameptr,
      sp: vm.sp,
      pc: vm.pc,
      quit: Boolean(vm.quit),
      io: copyIo(vm.io, streams),
      readData: vm.read_data,
      undo: vm.undo.slice(),
      undoLength: vm.undo_len,
      random: this.random.save(),
      glk: this.glk.save(),
    }
  }

  load(state: MachineState): void {
    const { vm } = this
    bytesOf(vm.ram).set(state.ram)
    bytesOf(vm.stack).set(state.stack)
    vm.frames = state.frames.slice()
    vm.frameptr = state.frameptr
    vm.make_stacks()
    vm.sp = state.sp
    vm.pc = state.pc
    vm.quit = state.quit ? 1 : 0
    vm.io = copyIo(state.io, state.io.streams)
    vm.read_data = state.readData
    vm.undo = state.undo.slice()
    vm.undo_len = state.undoLength
    vm.glk_blocking_call = null
    this.random.load(state.random)
    vm.upperwin = this.glk.load(state.glk)
  }

  /** ifvms's own loop, with a bound, and with files answered at once: saves live in memory, everything else is refused. */
  #run(): void {
    const { vm } = this
    for (;;) {
      this.#execute()
      if (!vm.glk_blocking_call) return
      this.#processor.spend(WHOLE_MEMORY)
      vm.glk_blocking_call = null
      const { func } = vm.fileref_data
      const grant = func === 'save' || (func === 'restore' && this.glk.hasSavedGame)
      if (!vm.handle_create_fileref(grant ? {} : null)) return
    }
  }

  #execute(): void {
    const { vm } = this
    const processor = this.#processor
    vm.stop = 0
    while (!vm.stop) {
      if (--processor.fuel < 0) processor.endless()
      processor.pc = vm.pc
      const place = processor.program.here(vm)
      if (place.turn !== processor.turn) processor.meet(place)
      const { run } = place
      let result = run ? processor.enter(run) : STOPPED
      if (result === STOPPED && (run === null || processor.foreign)) result = this.#piece()
      if (result !== STOPPED) vm.ret(result)
    }
  }

  /** Lets ifvms run one piece of its own code. Returns what the routine returned, or `STOPPED`. */
  #piece(): number {
    const piece = this.#program.piece(this.vm)
    if (piece.turn !== this.#processor.turn) this.#processor.meet(piece)
    this.#processor.spend(PIECE + piece.steps)
    const result = piece.code(this.vm)
    return result === undefined || Number.isNaN(result) ? STOPPED : result
  }

  /**
   * ifvms makes two new views of the stack for every call and return. A frame at one place with as many locals is the
   * same bytes each time, so its views are kept.
   */
  #makeStacks(): void {
    const { vm } = this
    const { stack, frameptr } = vm
    if (stack !== this.#stack) {
      this.#stack = stack
      // Grown as calls go deeper: room for the deepest would take longer to make than a story to begin.
      this.#views = []
    }
    const locals = stack.getUint8(frameptr + 3) & 15
    let views = this.#views[frameptr >> 1]
    if (views === undefined || views.l.length !== locals) {
      const at = frameptr + 8
      views = { l: new Uint16Array(stack.buffer, at, locals), s: new Uint16Array(stack.buffer, at + locals * 2) }
      this.#views[frameptr >> 1] = views
    }
    vm.l = views.l
    vm.s = views.s
  }

  #guarded(act: () => void): void {
    if (this.spent >= this.patience) throw new StoryFault('The story takes too long.')
    this.#program.tidy()
    this.#processor.fuel = this.fuel
    this.#processor.compiling = COMPILING
    this.#processor.turn = ++turns
    this.#text.start()
    try {
      act()
    } catch (error) {
      if (error instanceof StoryFault) throw error
      if (error instanceof EndlessTurn) throw new StoryFault('The story never ends its turn.')
      const reason = error instanceof Error ? error.message : String(error)
      throw new StoryFault(`The story broke the rules of the Z-machine near address ${this.#processor.pc}: ${reason}.`)
    } finally {
      // What a turn was given up for may have cost any number of steps, or none that is one.
      const steps = this.#processor.fuel > 0 ? this.fuel - this.#processor.fuel : this.fuel
      this.spent += steps < LONG ? steps : WORTH_OF_LONG
      // Between turns the story's names are decoded.
      this.#processor.fuel = this.fuel
    }
  }
}

/**
 * ifvms deletes a property of its own, and adds many at once, after which V8 keeps the object as a dictionary. What
 * others inherit from, and is read through them a few times, V8 makes quick again.
 */
function quicken(vm: Zvm): void {
  const heir: Zvm = Object.create(vm)
  for (let reads = 0; reads < ENOUGH_READS; reads++) heir.pc
}

function copyIo(io: Zvm['io'], [input, screen, transcript, tables, commands]: Zvm['io']['streams']): Zvm['io'] {
  return {
    ...io,
    streams: [input, screen, { ...transcript }, tables.map(([address, text]) => [address, text]), { ...commands }],
  }
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
