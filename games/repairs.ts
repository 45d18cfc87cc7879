import type { Zvm } from './ifvms.ts'

/** Z-machine opcode number of `ret_popped` (Standard §14). */
const RET_POPPED = 184

/**
 * Mends what ifvms 1.1.6 does other than the Z-Machine Standard, on this one instance. Must be called after every
 * `restart`, which makes the opcode table anew.
 */
export function repairOpcodes(vm: Zvm): void {
  // On an empty stack ifvms returns `undefined`, which its loop takes for "no return". Frotz, whose stack is one array,
  // gives the word below: the last local.
  const retPopped = vm.opcodes[RET_POPPED]
  if (retPopped) retPopped.prototype.func = () => 'return e.sp>0?s[--e.sp]:(l.length?l[l.length-1]:0)'
}

/** Object tree operations: object 0 is nothing (Standard §12.3), and an object that is taken out loses its sibling. */
export function repairObjects(vm: Zvm): void {
  const remove = vm.remove_obj.bind(vm)
  vm.remove_obj = (object) => {
    if (object === 0 || vm.get_parent(object) === 0) return
    remove(object)
    if (vm.version3) vm.ram.setUint8(vm.objects + 9 * object + 5, 0)
    else vm.ram.setUint16(vm.objects + 14 * object + 8, 0)
  }
  const insert = vm.insert_obj.bind(vm)
  vm.insert_obj = (object, destination) => {
    if (object === 0 || destination === 0) return
    insert(object, destination)
  }
  guard(vm, 'get_child')
  guard(vm, 'get_sibling')
  guard(vm, 'get_parent')
  guard(vm, 'get_prop')
  guard(vm, 'find_prop')
  guard(vm, 'test_attr')
  guard(vm, 'set_attr')
  guard(vm, 'clear_attr')
}

type ObjectFunction =
  | 'get_child'
  | 'get_sibling'
  | 'get_parent'
  | 'get_prop'
  | 'find_prop'
  | 'test_attr'
  | 'set_attr'
  | 'clear_attr'

function guard(vm: Zvm, name: ObjectFunction): void {
  const original = (vm[name] as (object: number, other?: number, previous?: number) => number).bind(vm)
  const guarded = (object: number, other?: number, previous?: number) =>
    object === 0 ? 0 : original(object, other, previous)
  Object.assign(vm, { [name]: guarded })
}
