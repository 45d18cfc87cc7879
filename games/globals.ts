import type { Zvm } from './ifvms.ts'

/** Bytes of the table of global variables: 240 words (Standard §6.2). */
const MOST = 480

/**
 * First address behind the globals. ZILF makes room for those only that a story has, and lays the objects behind them; in
 * a damaged story dynamic memory may end within them.
 */
export function globalsEnd({ globals, properties, staticmem }: Zvm): number {
  return Math.min(properties > globals ? properties : staticmem, globals + MOST, staticmem)
}

export function globalAddresses(vm: Zvm): number[] {
  return Array.from({ length: (globalsEnd(vm) - vm.globals) >> 1 }, (_, i) => vm.globals + 2 * i)
}

/** The values of all globals, in order. */
export function readGlobals(vm: Zvm): number[] {
  return globalAddresses(vm).map((address) => vm.m.getUint16(address))
}
