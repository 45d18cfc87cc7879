import type { Zvm } from './ifvms.ts'

/** Bytes of the table of global variables: 240 words (Standard §6.2). */
export const GLOBALS_LENGTH = 480

export function globalAddresses(vm: Zvm): number[] {
  return Array.from({ length: GLOBALS_LENGTH / 2 }, (_, i) => vm.globals + 2 * i)
}

/** The values of all globals, in order. */
export function readGlobals(vm: Zvm): number[] {
  return globalAddresses(vm).map((address) => vm.m.getUint16(address))
}
