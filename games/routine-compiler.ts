import type { Zvm } from './ifvms.ts'
import { type Instruction, type Operand, readInstructions } from './instructions.ts'
import { NATIVE, signed, top } from './native-opcodes.ts'
import { NOWHERE } from './processor.ts'
import type { Run } from './program.ts'

/** Labels nested in one another; V8's parser needs stack for each. */
const MOST_LABELS = 500

const JE = 1
const DEC_CHK = 4
const INC_CHK = 5
const STORE = 13
const CALLS = new Set([25, 26, 136, 224, 236, 249, 250])
const CALL_1N = 143
const INC = 133
const DEC = 134
const RET = 139
const JUMP = 140
const LOAD = 142
const RTRUE = 176
const RFALSE = 177
const PRINT_RET = 179
const RET_POPPED = 184
const POP_OR_CATCH = 185
const RANDOM = 231
const PUSH = 232
const PULL = 233
/** `save_undo` and `restore_undo` want the whole state; ifvms carries them out. */
const UNDO = new Set([1009, 1010])

/** How a value is taken off the evaluation stack. */
const POP = 'S[--q]'
/** A call may take its operands off the stack while it writes the arguments above it: so many at most. */
const MOST_POPS = 5

/** Something in the routine that only ifvms can run. */
class Unfit extends Error {}

/**
 * Compiles the rest of a routine, from `pc` on, into one JavaScript function; null where it cannot be. ifvms compiles
 * piece by piece, and a piece ends at every branch that is taken, call and return.
 *
 * The locals become JavaScript variables; the frame holds them only while the routine is left (see `Processor`).
 */
export function compileFrom(vm: Zvm, pc: number, locals: number): Run | null {
  try {
    const source = new Source(vm, locals)
    source.reach(pc)
    return new Function('p', 'b', 'sp', source.text(pc)) as Run
  } catch (error) {
    if (error instanceof Unfit) return null
    throw error
  }
}

/** An operand as ifvms's opcode classes want it. */
class Value {
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  toString(): string {
    return this.#source
  }

  /** ifvms's name for the signed value. */
  U2S(): string {
    return signed(this.#source)
  }
}

/** The JavaScript of one routine, block by block. A block begins wherever the routine jumps to. */
class Source {
  readonly #vm: Zvm
  readonly #locals: number
  readonly #instructions = new Map<number, Instruction>()
  readonly #leaders = new Set<number>()
  readonly #blocks = new Map<number, string>()
  readonly #reached = new Set<number>()
  readonly #waiting: number[] = []
  /** Blocks jumped to from above, and from below. */
  readonly #labels = new Set<number>()
  readonly #loops = new Set<number>()
  /** Block to the one it runs into. */
  readonly #runsInto = new Map<number, number>()

  constructor(vm: Zvm, locals: number) {
    this.#vm = vm
    this.#locals = locals
  }

  /** Writes all blocks that can be reached from an address. */
  reach(pc: number): void {
    this.#read(pc)
    this.#expect(pc)
    for (let block = this.#waiting.pop(); block !== undefined; block = this.#waiting.pop()) {
      this.#blocks.set(block, this.#block(block))
    }
  }

  text(entry: number): string {
    const order = [...this.#blocks.keys()].sort((a, b) => a - b)
    const [first = entry] = order
    const labels = order.filter((pc) => pc !== first && (this.#labels.has(pc) || this.#loops.has(pc) || pc === entry))
    if (labels.length > MOST_LABELS) throw new Unfit()
    // A jump up goes round the loop, to a switch that leaves all labels whose blocks come before the wanted one.
    const starts = labels.filter((pc) => this.#loops.has(pc) || pc === entry)
    let code = labels
      .map((pc) => `L${pc}:{`)
      .reverse()
      .join('')
    if (starts.length > 0) code += `switch(k){${starts.map((pc) => `case ${pc}:break L${pc};`).join('')}}`
    order.forEach((pc, i) => {
      if (labels.includes(pc)) code += '}'
      code += `\n${this.#blocks.get(pc) ?? ''}`
      const next = this.#runsInto.get(pc)
      if (next !== undefined && next !== order[i + 1]) throw new Unfit()
    })
    const locals = Array.from({ length: this.#locals }, (_, i) => ({ name: `l${i}`, word: `S[b+${4 + i}]` }))
    return `const S=p.S,M=p.M,o=p.o,e=p.e
let t=0,q=${this.#bottom}+sp,k=${entry}${locals.map(({ name, word }) => `,${name}=${word}`).join('')}
x:${this.#loops.size > 0 ? 'for(;;)' : ''}{${code}}
t=q-${this.#bottom};S[b+3]=t<<8|t>>8;${locals.map(({ name, word }) => `${word}=${name};`).join('')}
return -1`
  }

  /** Reads the instructions that can be reached, and where blocks begin. */
  #read(from: number): void {
    const starts = [from]
    this.#leaders.add(from)
    for (let pc = starts.pop(); pc !== undefined; pc = starts.pop()) {
      if (this.#instructions.has(pc)) continue
      if (pc < this.#vm.staticmem) throw new Unfit()
      for (const instruction of this.#disassemble(pc)) {
        this.#instructions.set(instruction.pc, instruction)
        const target = instruction.branch?.target ?? this.#jumpTarget(instruction)
        if (target !== null && target > 1) {
          this.#leaders.add(target)
          starts.push(target)
        }
        // To ifvms a call is an end.
        if (this.#isCall(instruction)) starts.push(instruction.next)
      }
    }
  }

  #disassemble(pc: number): readonly Instruction[] {
    try {
      return readInstructions(this.#vm, pc)
    } catch {
      throw new Unfit()
    }
  }

  #jumpTarget({ code, operands: [to], next }: Instruction): number | null {
    if (code !== JUMP) return null
    if (!to || !('constant' in to)) throw new Unfit()
    return next + ((to.constant << 16) >> 16) - 2
  }

  /** Notes that a block is reached. */
  #expect(pc: number): void {
    if (this.#reached.has(pc)) return
    this.#reached.add(pc)
    this.#waiting.push(pc)
  }

  #block(start: number): string {
    const lines: string[] = []
    for (let pc = start; ; ) {
      const instruction = this.#instructions.get(pc)
      if (!instruction) throw new Unfit()
      const foreign = this.#isForeign(instruction)
      lines.push(foreign ? this.#stop(pc) : this.#statement(instruction))
      if (foreign || instruction.opcode.prototype.stopper) {
        if (foreign || !this.#isCall(instruction)) return lines.join(';\n')
      }
      pc = instruction.next
      if (this.#leaders.has(pc)) {
        this.#expect(pc)
        this.#runsInto.set(start, pc)
        return lines.join(';\n')
      }
    }
  }

  #isCall({ code }: Instruction): boolean {
    return CALLS.has(code) || (code === CALL_1N && this.#vm.version > 4)
  }

  #isForeign(instruction: Instruction): boolean {
    const { code, opcode, operands } = instruction
    if (UNDO.has(code)) return true
    if ([DEC_CHK, INC_CHK, INC, DEC, STORE, LOAD, PULL].includes(code)) return !operands[0] || 'variable' in operands[0]
    if (!opcode.prototype.stopper) return false
    return !(this.#isCall(instruction) || [RET, JUMP, RTRUE, RFALSE, PRINT_RET, RET_POPPED].includes(code))
  }

  #statement(instruction: Instruction): string {
    const { code, operands, branch, store } = instruction
    if (this.#isCall(instruction)) return this.#call(instruction)
    switch (code) {
      case RET:
        return `return ${this.#value(operands[0])}`
      case RTRUE:
        return 'return 1'
      case RFALSE:
        return 'return 0'
      case RET_POPPED:
        // Frotz, whose stack is one array, gives the last local for what is under an empty stack.
        return `return q>${this.#bottom}?S[--q]:${this.#locals > 0 ? `l${this.#locals - 1}` : 0}`
      case JUMP:
        return this.#goto(instruction, this.#jumpTarget(instruction) ?? 0)
      case PRINT_RET:
        return `e.print(2,${instruction.text});e.print(1,13);return 1`
      case INC:
      case DEC:
        return this.#step(instruction)
      case STORE:
        return this.#assign(constantOf(operands[0]), this.#value(operands[1]), true)
      case PULL:
        return this.#assign(constantOf(operands[0]), POP, true)
      case PUSH:
        return this.#assign(0, this.#value(operands[0]))
    }
    if (branch && store !== null) {
      return this.#branch(instruction, `(${this.#assign(store, this.#expression(instruction))})`)
    }
    if (branch) return this.#branch(instruction, this.#expression(instruction))
    if (store !== null) return this.#assign(store, this.#expression(instruction))
    return this.#expression(instruction)
  }

  #expression(instruction: Instruction): string {
    const { code, operands, pc } = instruction
    const { version } = this.#vm
    if (code === INC_CHK || code === DEC_CHK) {
      const stepped = top(this.#step(instruction))
      return `${stepped}${code === INC_CHK ? '>' : '<'}${top(this.#value(operands[1]))}`
    }
    if (code === LOAD) return this.#variable(constantOf(operands[0]))
    if (code === POP_OR_CATCH) {
      if (version > 4) return 'p.frames.length+1'
      return 'q--'
    }
    const values = operands.map((operand) => this.#value(operand))
    const [a = '0', b = '0', c = '0'] = values
    if (code === JE && values.length === 2) return `${a}===${b}`
    // All operands must come off the stack, equal or not.
    if (code === JE && !values.slice(1).includes(POP)) {
      return `(t=${a},${values
        .slice(1)
        .map((value) => `t===${value}`)
        .join('||')})`
    }
    if (code === RANDOM) return `p.random(${signed(a)},${pc},b)`
    const native = NATIVE[code]
    return native ? native(a, b, c) : this.#original(instruction, values)
  }

  /** ifvms's own code for the opcode, on our operands. */
  #original({ opcode, code, pc, next, text, store }: Instruction, values: readonly string[]): string {
    const operands = [...values.map((value) => new Value(value)), ...(text === null ? [] : [text])]
    const instance = Object.assign(Object.create(opcode.prototype), { e: this.#vm, code, pc, next, operands })
    const source: string = String(instance.func?.(...operands) ?? '')
    return store === null ? source : `(${source})&65535`
  }

  #call({ operands, store, next }: Instruction): string {
    const [routine = '0', ...args] = operands.map((operand) => this.#value(operand))
    let pops = [routine, ...args].filter((value) => value === POP).length
    if (pops > MOST_POPS) throw new Unfit()
    const lines: string[] = []
    if (routine === POP) {
      lines.push(`t=${POP}`)
      pops--
    }
    args.forEach((value, i) => {
      // The new frame begins where the stack will end when all operands are off it.
      lines.push(`S[q+${4 + i - pops}]=${value}`)
      if (value === POP) pops--
    })
    const address = routine === POP ? 't' : routine
    lines.push(`if((t=p.call(b,q,${address},${next},${store ?? NOWHERE},${args.length}))<0)break x`)
    if (store !== null) lines.push(this.#assign(store, 't'))
    return lines.join(';\n')
  }

  /** Leaves before an instruction that only ifvms carries out. */
  #stop(pc: number): string {
    return `p.stop(${pc},q-${this.#bottom},b,true);break x`
  }

  #branch(instruction: Instruction, condition: string): string {
    const { onTrue, target } = instruction.branch ?? { onTrue: true, target: 0 }
    const go = target < 2 ? `return ${target}` : this.#goto(instruction, target)
    return `if(${onTrue ? condition : `!(${condition})`}){${go}}`
  }

  #goto({ pc }: Instruction, target: number): string {
    this.#expect(target)
    if (target > pc) {
      this.#labels.add(target)
      return `break L${target}`
    }
    this.#loops.add(target)
    return `if(--p.fuel<0)p.endless();k=${target};continue x`
  }

  /** `inc` and `dec`, in place, as an expression. */
  #step({ code, operands }: Instruction): string {
    const variable = constantOf(operands[0])
    const change = code === INC || code === INC_CHK ? '+1' : '-1'
    return `(${this.#assign(variable, `${this.#variable(variable)}${change}&65535`, true)})`
  }

  #value(operand: Operand | undefined): string {
    if (!operand) throw new Unfit()
    if ('constant' in operand) return String(operand.constant)
    return operand.variable === 0 ? POP : this.#variable(operand.variable)
  }

  /** A variable as it stands; 0 is the top of the stack, left there (Standard §6.3.4). */
  #variable(number: number): string {
    if (number === 0) {
      return 'S[q-1]'
    }
    if (number < 16) return this.#local(number)
    const address = this.#global(number)
    return `(M[${address}]<<8|M[${address + 1}])`
  }

  /** An assignment, as an expression with the value. `inPlace`: the top of the stack is replaced, not pushed on. */
  #assign(number: number, value: string, inPlace = false): string {
    if (number === 0) {
      const slot = inPlace ? 'S[q-1]' : 'S[q++]'
      // JavaScript settles where to store before it looks at the value.
      return value.includes('q') ? `t=${value},${slot}=t` : `${slot}=${value}`
    }
    if (number < 16) return `${this.#local(number)}=${value}`
    const address = this.#global(number)
    return `M[${address}]=(t=${value})>>8,M[${address + 1}]=t,t`
  }

  #local(number: number): string {
    if (number > this.#locals) throw new Unfit()
    return `l${number - 1}`
  }

  #global(number: number): number {
    return this.#vm.globals + 2 * (number - 16)
  }

  get #bottom(): string {
    return `(b+${4 + this.#locals})`
  }
}

function constantOf(operand: Operand | undefined): number {
  if (!operand || !('constant' in operand)) throw new Unfit()
  return operand.constant
}
