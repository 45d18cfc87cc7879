import { isCall, isForeign, jumpTarget, type Reach, readReach, Unfit } from './control-flow.ts'
import type { Zvm } from './ifvms.ts'
import type { Instruction, Operand } from './instructions.ts'
import { stepsOf, stepsTo } from './meter.ts'
import { NATIVE, NOTING, signed, top } from './native-opcodes.ts'
import { OPCODE } from './opcode-numbers.ts'
import { NOWHERE } from './processor.ts'
import type { Run } from './program.ts'

/** Labels nested in one another; V8's parser needs stack for each. */
const MOST_LABELS = 500

/** How a value is taken off the evaluation stack. */
const POP = 'S[--q]'
/** What the instruction before has left for this one, which would take it off the stack at once. */
const LEFT = 'u'
/** A call may take its operands off the stack while it writes the arguments above it: so many at most. */
const MOST_POPS = 5

/**
 * Compiles the rest of a routine, from `pc` on, into one JavaScript function; null where it cannot be. ifvms compiles
 * piece by piece, and a piece ends at every branch that is taken, call and return.
 *
 * `noting`: the code tells the processor's `r` what of memory it reads or writes.
 *
 * The locals become JavaScript variables; the frame holds them only while the routine is left (see `Processor`), and at
 * its beginning the arguments. `locals`: how many, or the values of a whole routine's where no argument is given.
 */
export function compileFrom(vm: Zvm, pc: number, locals: number | readonly number[], noting: boolean): Compiled {
  const instructions = new Map<number, Instruction>()
  try {
    const source = new Source(vm, readReach(vm, pc, instructions), pc, locals, noting).text(pc)
    return { run: new Function('p', 'b', 'n', source) as Run, size: instructions.size }
  } catch (error) {
    // An instruction without the operands that it should have makes no JavaScript.
    if (error instanceof Unfit || error instanceof SyntaxError) return { run: null, size: instructions.size }
    throw error
  }
}

/** `size`: instructions that were read for it. */
interface Compiled {
  readonly run: Run | null
  readonly size: number
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
  readonly #defaults: readonly number[] | null
  readonly #noting: boolean
  readonly #reach: Reach
  readonly #blocks = new Map<number, string>()
  readonly #reached = new Set<number>()
  readonly #waiting: number[] = []
  /** Blocks jumped to from above, and from below. */
  readonly #labels = new Set<number>()
  readonly #loops = new Set<number>()
  /** Block to the one it runs into. */
  readonly #runsInto = new Map<number, number>()
  /** Whether the instruction before has left its result in `LEFT`. */
  #isLeft = false

  constructor(vm: Zvm, reach: Reach, entry: number, locals: number | readonly number[], noting: boolean) {
    this.#vm = vm
    this.#defaults = typeof locals === 'number' ? null : locals
    this.#locals = typeof locals === 'number' ? locals : locals.length
    this.#noting = noting
    this.#reach = reach
    this.#expect(entry)
    for (let block = this.#waiting.pop(); block !== undefined; block = this.#waiting.pop()) {
      this.#blocks.set(block, this.#block(block))
    }
  }

  text(entry: number): string {
    const order = [...this.#blocks.keys()].sort((a, b) => a - b)
    const [top = entry] = order
    const labels = order.filter((pc) => pc !== top && (this.#labels.has(pc) || this.#loops.has(pc) || pc === entry))
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
    const first = locals.map(
      ({ name, word }, i) => `,${name}=${this.#defaults ? `n>${i}?${word}:${this.#defaults[i]}` : word}`,
    )
    return `'use strict';const S=p.S,M=p.M,o=p.o,e=p.e${this.#noting ? ',r=p.r' : ''}
let t=0,u=0,q=${this.#bottom}${this.#defaults ? '' : '+n'},k=${entry}${first.join('')}
x:${this.#loops.size > 0 ? 'for(;;)' : ''}{${code}}
t=q-${this.#bottom};S[b+3]=t<<8|t>>8;${locals.map(({ name, word }) => `${word}=${name};`).join('')}
return -1`
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
      const instruction = this.#reach.instructions.get(pc)
      if (!instruction) throw new Unfit()
      const foreign = isForeign(this.#vm, instruction)
      lines.push(foreign ? this.#stop(pc) : this.#statement(instruction))
      const goesOn = isCall(this.#vm, instruction) || !instruction.opcode.prototype.stopper
      if (foreign || !goesOn) return lines.join(';\n')
      const { next } = instruction
      const steps = stepsTo(pc, next, this.#size)
      if (steps > 0) lines.push(spend(steps))
      pc = next
      if (this.#reach.leaders.has(pc)) {
        this.#expect(pc)
        this.#runsInto.set(start, pc)
        return lines.join(';\n')
      }
    }
  }

  #statement(instruction: Instruction): string {
    const { code, operands, branch, store } = instruction
    if (isCall(this.#vm, instruction)) return this.#call(instruction)
    switch (code) {
      case OPCODE.ret:
        return `return ${this.#value(operands[0])}`
      case OPCODE.rtrue:
        return 'return 1'
      case OPCODE.rfalse:
        return 'return 0'
      case OPCODE.ret_popped:
        // Frotz, whose stack is one array, gives the last local for what is under an empty stack.
        if (this.#isLeft) return `return ${this.#pop()}`
        return `return q>${this.#bottom}?${POP}:${this.#locals > 0 ? `l${this.#locals - 1}` : 0}`
      case OPCODE.jump:
        return this.#goto(instruction, jumpTarget(instruction) ?? 0)
      case OPCODE.print_ret:
        return `e.print(2,${instruction.text});e.print(1,13);return 1`
      case OPCODE.inc:
      case OPCODE.dec:
        return this.#step(instruction)
      case OPCODE.store:
        return this.#assign(constantOf(operands[0]), this.#value(operands[1]), true)
      case OPCODE.pull:
        return this.#assign(constantOf(operands[0]), this.#pop(), true)
      case OPCODE.push:
        return this.#push(instruction, this.#value(operands[0]))
    }
    if (branch && store !== null) {
      return this.#branch(instruction, `(${this.#assign(store, this.#expression(instruction))})`)
    }
    if (branch) return this.#branch(instruction, this.#expression(instruction))
    if (store === 0) return this.#push(instruction, this.#expression(instruction))
    if (store !== null) return this.#assign(store, this.#expression(instruction))
    return this.#expression(instruction)
  }

  #expression(instruction: Instruction): string {
    const { code, operands, pc } = instruction
    const { version } = this.#vm
    if (code === OPCODE.inc_chk || code === OPCODE.dec_chk) {
      const stepped = top(this.#step(instruction))
      return `${stepped}${code === OPCODE.inc_chk ? '>' : '<'}${top(this.#value(operands[1]))}`
    }
    if (code === OPCODE.load) return this.#variable(constantOf(operands[0]))
    if (code === OPCODE.pop) return version > 4 ? 'p.frames.length+p.depth+1' : 'q--'
    const values = operands.map((operand) => this.#value(operand))
    const [a = '0', b = '0', c = '0'] = values
    if (code === OPCODE.je && values.length === 2) return `${a}===${b}`
    // All operands must come off the stack, equal or not.
    const rest = values.slice(1)
    if (code === OPCODE.je && rest.length > 1 && !rest.includes(POP)) {
      return `(t=${a},${rest.map((value) => `t===${value}`).join('||')})`
    }
    if (code === OPCODE.random) return `p.random(${signed(a)},${pc},b)`
    const native = (this.#noting && NOTING[code]) || NATIVE[code]
    return native ? native(a, b, c) : this.#original(instruction, values)
  }

  /** ifvms's own code for the opcode, on our operands. */
  #original({ opcode, code, pc, next, text, store }: Instruction, values: readonly string[]): string {
    const operands = [...values.map((value) => new Value(value)), ...(text === null ? [] : [text])]
    const instance = Object.assign(Object.create(opcode.prototype), { e: this.#vm, code, pc, next, operands })
    const source: string = String(instance.func?.(...operands) ?? '')
    return store === null ? source : `(${source})&65535`
  }

  #call(instruction: Instruction): string {
    const { operands, store, next } = instruction
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
    if (store === 0) lines.push(this.#push(instruction, 't'))
    else if (store !== null) lines.push(this.#assign(store, 't'))
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
      const steps = stepsTo(pc, target, this.#size)
      return `${steps > 0 ? `${spend(steps)};` : ''}break L${target}`
    }
    this.#loops.add(target)
    return `${spend(Math.max(1, stepsOf(pc - target, this.#size)))};k=${target};continue x`
  }

  /** `inc` and `dec`, in place, as an expression. */
  #step({ code, operands }: Instruction): string {
    const variable = constantOf(operands[0])
    const change = code === OPCODE.inc || code === OPCODE.inc_chk ? '+1' : '-1'
    return `(${this.#assign(variable, `${this.#variable(variable)}${change}&65535`, true)})`
  }

  #value(operand: Operand | undefined): string {
    if (!operand) throw new Unfit()
    if ('constant' in operand) return String(operand.constant)
    return operand.variable === 0 ? this.#pop() : this.#variable(operand.variable)
  }

  #pop(): string {
    const value = this.#isLeft ? LEFT : POP
    this.#isLeft = false
    return value
  }

  /** Pushes an instruction's result, or leaves it for the next one. */
  #push({ next }: Instruction, value: string): string {
    const follower = this.#reach.leaders.has(next) ? undefined : this.#reach.instructions.get(next)
    this.#isLeft = follower !== undefined && !isForeign(this.#vm, follower) && takesOff(follower)
    return this.#isLeft ? `${LEFT}=${value}` : this.#assign(0, value)
  }

  /** A variable as it stands; 0 is the top of the stack, left there (Standard §6.3.4). */
  #variable(number: number): string {
    if (number === 0) return 'S[q-1]'
    if (number < 16) return this.#local(number)
    const address = this.#global(number)
    const noted = this.#noting ? `r.noteWord(${address})|` : ''
    return `(${noted}M[${address}]<<8|M[${address + 1}])`
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
    return `M[${address}]=(t=${value})>>8,M[${address + 1}]=t,${this.#noting ? `r.noteStore(${address}),` : ''}t`
  }

  #local(number: number): string {
    if (number > this.#locals) throw new Unfit()
    return `l${number - 1}`
  }

  #global(number: number): number {
    return this.#vm.globals + 2 * (number - 16)
  }

  get #size(): number {
    return this.#reach.instructions.size
  }

  get #bottom(): string {
    return `(b+${4 + this.#locals})`
  }
}

/** Whether the instruction takes the top of the stack off before it does anything else to the stack. */
function takesOff({ code, operands }: Instruction): boolean {
  if (code === OPCODE.ret_popped || code === OPCODE.pull) return true
  if (code === OPCODE.inc_chk || code === OPCODE.dec_chk) return false
  return operands.some((operand) => 'variable' in operand && operand.variable === 0)
}

function spend(steps: number): string {
  return `if((p.fuel-=${steps})<0)p.endless()`
}

function constantOf(operand: Operand | undefined): number {
  if (!operand || !('constant' in operand)) throw new Unfit()
  return operand.constant
}
