import type { Zvm } from './ifvms.ts'
import { type Instruction, readInstructions } from './instructions.ts'
import { OPCODE } from './opcode-numbers.ts'

/** Something in a routine that only ifvms can run. */
export class Unfit extends Error {}

/** The largest routines of real stories have a fifth of it. */
const MOST_INSTRUCTIONS = 10_000

/** The part of a routine that can be reached from one place. */
export interface Reach {
  readonly instructions: ReadonlyMap<number, Instruction>
  /** Addresses that are jumped to, and the first. */
  readonly leaders: ReadonlySet<number>
}

const CALLS: ReadonlySet<number> = new Set([
  OPCODE.call_2s,
  OPCODE.call_2n,
  OPCODE.call_1s,
  OPCODE.call_vs,
  OPCODE.call_vs2,
  OPCODE.call_vn,
  OPCODE.call_vn2,
])

/** Opcodes that name a variable; which one is known before they run, unless it is itself in a variable. */
const NAMING: ReadonlySet<number> = new Set([
  OPCODE.dec_chk,
  OPCODE.inc_chk,
  OPCODE.inc,
  OPCODE.dec,
  OPCODE.store,
  OPCODE.load,
  OPCODE.pull,
])

/** Those of the opcodes that never go on to the next instruction which a routine carries out without ifvms. */
const ENDS: ReadonlySet<number> = new Set([
  OPCODE.ret,
  OPCODE.jump,
  OPCODE.rtrue,
  OPCODE.rfalse,
  OPCODE.print_ret,
  OPCODE.ret_popped,
])

/**
 * Reads all that can be reached from an address. Throws `Unfit` where that is no code, or code that can change;
 * `instructions` has what was read up to there.
 */
export function readReach(vm: Zvm, from: number, instructions: Map<number, Instruction>): Reach {
  const leaders = new Set([from])
  let starts = [from]
  for (let pc = starts.pop(); pc !== undefined; pc = starts.pop()) {
    if (pc < vm.staticmem) throw new Unfit()
    const next = (start: number) => starts.push(start)
    try {
      readInstructions(vm, pc, (instruction) => {
        instructions.set(instruction.pc, instruction)
        if (instructions.size > MOST_INSTRUCTIONS) throw new Unfit()
        const target = instruction.branch?.target ?? jumpTarget(instruction)
        if (target !== null && target > 1) {
          leaders.add(target)
          next(target)
        }
        // To ifvms a call is an end.
        if (isCall(vm, instruction)) next(instruction.next)
      })
    } catch {
      throw new Unfit()
    }
    // The lowest first, lest what is above it is read again.
    starts = starts.filter((start) => !instructions.has(start)).sort((a, b) => b - a)
  }
  return { instructions, leaders }
}

export function isCall({ version }: Zvm, { code }: Instruction): boolean {
  return CALLS.has(code) || (code === OPCODE.call_1n && version > 4)
}

/** Whether an instruction is left to ifvms: what waits, saves, restores or restarts wants the machine's whole state. */
export function isForeign(vm: Zvm, instruction: Instruction): boolean {
  const { code, opcode, operands } = instruction
  if (code === OPCODE.save_undo || code === OPCODE.restore_undo) return true
  if (NAMING.has(code)) return !operands[0] || 'variable' in operands[0]
  return Boolean(opcode.prototype.stopper) && !isCall(vm, instruction) && !ENDS.has(code)
}

/** Where a `jump` goes to; null for other opcodes. */
export function jumpTarget({ code, operands: [offset], next }: Instruction): number | null {
  if (code !== OPCODE.jump) return null
  if (!offset || !('constant' in offset)) throw new Unfit()
  return next + ((offset.constant << 16) >> 16) - 2
}
