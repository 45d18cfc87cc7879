import type { Zvm } from './ifvms.ts'
import type { ObjectOperations } from './object-operations.ts'

/** Z-machine opcode numbers (Standard §14). */
const THROW = 28
const RET_POPPED = 184
const RANDOM = 231

const INTO_MEMORY = 3
const DEEPEST_STREAM = 16

/**
 * Mends what ifvms 1.1.6 does other than the Z-Machine Standard, on this one instance. Must be called after every
 * `restart`, which makes the opcode table anew.
 */
export function repairOpcodes(vm: Zvm): void {
  // On an empty stack ifvms returns `undefined`, which its loop takes for "no return". Frotz, whose stack is one array,
  // gives the word below: the last local.
  const retPopped = vm.opcodes[RET_POPPED]
  if (retPopped) retPopped.prototype.func = () => 'return e.sp>0?s[--e.sp]:(l.length?l[l.length-1]:0)'
  vm.unwind = (cookie) => unwind(vm, cookie)
  // ifvms unwinds for ever towards a frame that is not there, and takes the cookie off the stack at every step.
  const throwing = vm.opcodes[THROW]
  if (throwing) throwing.prototype.func = (value, cookie) => `t=${value};e.unwind(${cookie});return t`
  // The counter otherwise stands where the piece of code begins; who draws is to be told by the instruction.
  const random = vm.opcodes[RANDOM]
  if (random) {
    random.prototype.func = function (range) {
      return `(e.pc=${this.pc},e.random(${range?.U2S()}))`
    }
  }
}

/** What the screen is told takes some code of ifvms's and of Glk's. */
const SCREEN = 4
const SCREEN_WIDTH = 80
/** A copy is made of a table's row, and of a word that is encoded. */
const COPY = 16

/** A line is looked through for words. In a dictionary that is not the story's they are looked up anew. */
const TOKENISE = 1000
const ANEW = 8

/**
 * An instruction counts as many steps as it goes through, moves or draws, so that none is as dear as a thousand others.
 * What it prints counts where it is printed (`quickenText`).
 */
export function chargeInstructions(vm: Zvm, spend: (steps: number) => void): void {
  const charged =
    <Operands extends unknown[], Result>(
      act: (...operands: Operands) => Result,
      steps: (...operands: Operands) => number,
    ) =>
    (...operands: Operands): Result => {
      spend(steps(...operands))
      return act.apply(vm, operands)
    }
  vm.scan_table = charged(vm.scan_table, (_key, _table, length) => length)
  vm.print_table = charged(vm.print_table, (_table, width, height) => (COPY + width) * (height ?? 1))
  vm.copy_table = charged(vm.copy_table, (_first, _second, size) => Math.abs(vm.U2S(size)))
  vm.encode_text = charged(vm.encode_text, (_text, length) => COPY + length)
  vm.tokenise = charged(
    vm.tokenise,
    (_text, _parse, dictionary) => TOKENISE + (dictionary ? ANEW * (TOKENISE + wordCount(vm, dictionary)) : 0),
  )
  vm.split_window = charged(vm.split_window, (lines) => SCREEN + SCREEN_WIDTH * lines)
  vm.set_cursor = charged(vm.set_cursor, () => SCREEN)
  vm.set_window = charged(vm.set_window, () => SCREEN)
  vm.erase_window = charged(vm.erase_window, () => SCREEN)
  vm.erase_line = charged(vm.erase_line, () => SCREEN)
  vm.set_style = charged(vm.set_style, () => SCREEN)
  vm.set_font = charged(vm.set_font, () => SCREEN)
  vm.set_true_colour = charged(vm.set_true_colour, () => SCREEN)
}

/** What a dictionary says of itself (Standard §13.2). */
function wordCount({ m }: Zvm, dictionary: number): number {
  return m.getUint16(dictionary + 2 + m.getUint8(dictionary))
}

/** Output into memory may be begun sixteen times within itself (Standard §7.1.2.1); ifvms goes on for ever. */
export function limitStreams(vm: Zvm): void {
  const outputStream = vm.output_stream.bind(vm)
  vm.output_stream = (stream, address, whilePrinting) => {
    if (stream === INTO_MEMORY && vm.io.streams[INTO_MEMORY].length === DEEPEST_STREAM)
      throw new RangeError(`output stream 3 is selected more than ${DEEPEST_STREAM} deep`)
    outputStream(stream, address, whilePrinting)
  }
}

/** Leaves frames until the one that `catch` gave this number for (Standard §15). */
function unwind(vm: Zvm, cookie: number): void {
  if (cookie < 1 || cookie > vm.frames.length + 1) throw new RangeError(`there is no frame ${cookie} to throw to`)
  while (vm.frames.length + 1 > cookie) vm.frameptr = vm.frames.pop() ?? 0
}

/** Puts our object operations in the place of ifvms's, for the code that ifvms itself runs. */
export function repairObjects(vm: Zvm, objects: ObjectOperations): void {
  vm.get_parent = (object) => objects.parent(object)
  vm.get_child = (object) => objects.child(object)
  vm.get_sibling = (object) => objects.sibling(object)
  vm.test_attr = (object, attribute) => objects.hasAttribute(object, attribute)
  vm.set_attr = (object, attribute) => objects.setAttribute(object, attribute)
  vm.clear_attr = (object, attribute) => objects.clearAttribute(object, attribute)
  vm.insert_obj = (object, destination) => objects.insert(object, destination)
  vm.remove_obj = (object) => objects.remove(object)
  vm.get_prop = (object, property) => objects.property(object, property)
  vm.put_prop = (object, property, value) => objects.setProperty(object, property, value)
  vm.find_prop = (object, property, previous) =>
    previous === undefined ? objects.propertyAddress(object, property) : objects.propertyAfter(object, previous)
}
