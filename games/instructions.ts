import type { OpcodeClass, Zvm } from './ifvms.ts'

/** An operand: a constant, or the number of a variable (Standard §4.2.2). */
export type Operand = { readonly constant: number } | { readonly variable: number }

/** One instruction as ifvms's disassembler reads it (Standard §4). */
export interface Instruction {
  /** ifvms's numbering: Standard §14, extended opcodes from 1000. */
  readonly code: number
  readonly opcode: OpcodeClass
  readonly pc: number
  /** Address of the next instruction. */
  readonly next: number
  readonly operands: readonly Operand[]
  /** Number of the variable for the result. */
  readonly store: number | null
  /** `target` 0 and 1: return that. */
  readonly branch: { readonly onTrue: boolean; readonly target: number } | null
  /** Address of the text in the instruction. */
  readonly text: number | null
}

type Take = (instruction: Instruction) => void

/** Reads the instructions from an address up to the first that never goes on to the next. Throws on what is no code. */
export function readInstructions(vm: Zvm, from: number, take: Take): void {
  const { pc, opcodes, stop } = vm
  vm.pc = from
  vm.opcodes = recorders(opcodes)
  taking = take
  try {
    vm.disassemble()
  } finally {
    Object.assign(vm, { pc, opcodes, stop })
  }
}

/** Who is told of the instructions as they are read. */
let taking: Take = () => {}

type Constructed = [unknown, unknown, code: number, pc: number, next: number, operands: readonly RawOperand[]]

/** ifvms's forms: a constant or variable, the branch as condition and offset, the address of a text. */
type RawOperand = { readonly v: number; readonly store?: unknown } | readonly [number, number] | number

const known = new WeakMap<object, Zvm['opcodes']>()

/** The opcode table with classes whose `new` only tells what it is given; their flags are the originals'. */
function recorders(opcodes: Zvm['opcodes']): Zvm['opcodes'] {
  const made =
    known.get(opcodes) ??
    Object.fromEntries(
      Object.entries(opcodes).map(([code, opcode]) => [
        code,
        new Proxy(opcode, {
          construct: (_, [, , code, pc, next, operands]: Constructed): object => {
            taking(record(opcode, code, pc, next, operands))
            return {}
          },
        }),
      ]),
    )
  known.set(opcodes, made)
  return made
}

function record(opcode: OpcodeClass, code: number, pc: number, next: number, raw: readonly RawOperand[]): Instruction {
  const operands: Operand[] = []
  let branch: Instruction['branch'] = null
  let text: number | null = null
  for (const operand of raw) {
    if (typeof operand === 'number') text = operand
    else if ('v' in operand) operands.push(operand.store ? { variable: operand.v } : { constant: operand.v })
    else
      branch = {
        onTrue: operand[0] !== 0,
        target: operand[1] < 2 && operand[1] >= 0 ? operand[1] : next + operand[1] - 2,
      }
  }
  const last = opcode.prototype.storer ? operands.pop() : undefined
  const store = last && 'variable' in last ? last.variable : null
  return { code, opcode, pc, next, operands, store, branch, text }
}
