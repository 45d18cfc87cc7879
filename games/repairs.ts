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

/** An instruction that goes through a table counts as many steps as the table has entries. */
export function chargeTables(vm: Zvm, spend: (steps: number) => void): void {
  const scan = vm.scan_table.bind(vm)
  vm.scan_table = (key, table, length, form) => {
    spend(length)
    return scan(key, table, length, form)
  }
  const print = vm.print_table.bind(vm)
  vm.print_table = (table, width, height, skip) => {
    spend(width * (height ?? 1))
    print(table, width, height, skip)
  }
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
