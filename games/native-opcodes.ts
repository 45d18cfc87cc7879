/** JavaScript for an opcode, of the JavaScript for its operands: each reads a value from 0 to 65535, without effects. */
type Native = (a: string, b: string, c: string) => string

/**
 * Opcodes that compiled code carries out itself; the values are from 0 to 65535, conditions anything. Numbers are those
 * of Standard §14. What is not here is left to ifvms's own code.
 */
export const NATIVE: Readonly<Record<number, Native>> = {
  /* jl */ 2: (a, b) => `${top(a)}<${top(b)}`,
  /* jg */ 3: (a, b) => `${top(a)}>${top(b)}`,
  /* jin */ 6: (a, b) => `o.parent(${a})===${b}`,
  /* test */ 7: (a, b) => `(${a}&(t=${b}))===t`,
  /* or */ 8: (a, b) => `${a}|${b}`,
  /* and */ 9: (a, b) => `${a}&${b}`,
  /* test_attr */ 10: (a, b) => `o.hasAttribute(${a},${b})`,
  /* set_attr */ 11: (a, b) => `o.setAttribute(${a},${b})`,
  /* clear_attr */ 12: (a, b) => `o.clearAttribute(${a},${b})`,
  /* insert_obj */ 14: (a, b) => `o.insert(${a},${b})`,
  /* loadw */ 15: (a, b) => `M[t=${a}+2*${b}&65535]<<8|M[t+1]`,
  /* loadb */ 16: (a, b) => `M[${a}+${b}&65535]`,
  /* get_prop */ 17: (a, b) => `o.property(${a},${b})`,
  /* get_prop_addr */ 18: (a, b) => `o.propertyAddress(${a},${b})`,
  /* get_next_prop */ 19: (a, b) => `o.propertyAfter(${a},${b})`,
  /* add */ 20: (a, b) => `${a}+${b}&65535`,
  /* sub */ 21: (a, b) => `${a}-${b}&65535`,
  /* mul */ 22: (a, b) => `${a}*${b}&65535`,
  /* div */ 23: (a, b) => `${signed(a)}/${signed(b)}&65535`,
  /* mod */ 24: (a, b) => `${signed(a)}%${signed(b)}&65535`,
  /* jz */ 128: (a) => `${a}===0`,
  /* get_sibling */ 129: (a) => `o.sibling(${a})`,
  /* get_child */ 130: (a) => `o.child(${a})`,
  /* get_parent */ 131: (a) => `o.parent(${a})`,
  /* get_prop_len */ 132: (a) => `o.propertyLength(${a})`,
  /* remove_obj */ 137: (a) => `o.remove(${a})`,
  /* load */ 142: (a) => a,
  /* storew */ 225: (a, b, c) => `p.putWord(${a}+2*${b}&65535,${c})`,
  /* storeb */ 226: (a, b, c) => `p.putByte(${a}+${b}&65535,${c})`,
  /* put_prop */ 227: (a, b, c) => `o.setProperty(${a},${b},${c})`,
  /* push */ 232: (a) => a,
  /* check_arg_count */ 255: (a) => `S[b+2]>>8&1<<${a}-1`,
}

/**
 * The same for code that notes what its turn hangs on (`ReadLog`, whose `note` gives 0). The object opcodes go to
 * operations that note by themselves.
 */
export const NOTING: Readonly<Record<number, Native>> = {
  /* loadw */ 15: (a, b) => `M[t=${a}+2*${b}&65535]<<8|M[t+1]|r.noteWord(t)`,
  /* loadb */ 16: (a, b) => `M[t=${a}+${b}&65535]|r.note(t)`,
  /* storew */ 225: (a, b, c) => `p.putWord((t=${a}+2*${b}&65535)|r.noteStore(t),${c})`,
  /* storeb */ 226: (a, b, c) => `p.putByte((t=${a}+${b}&65535)|r.noteStore(t),${c})`,
}

/** The value with its sign in JavaScript's sign bit: enough to compare. */
export function top(value: string): string {
  return `(${value}<<16)`
}

export function signed(value: string): string {
  return `(${value}<<16>>16)`
}
