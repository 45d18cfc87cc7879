/** A sum of 32 bits in two lanes: 64 bits in all, which no order of the summands changes. */
export interface Lane {
  readonly start: number
  readonly constant: number
}

export const HIGH: Lane = { start: 0x6a09e667, constant: 0x9e3779b1 }
export const LOW: Lane = { start: 0xbb67ae85, constant: 0x85ebca6b }

/** A value's summand: an avalanche of 32 bits, by multiply and xor-shift. */
export function summand(value: number, { constant }: Lane): number {
  let bits = Math.imul(value ^ constant, 0xcc9e2d51)
  bits = Math.imul(bits ^ (bits >>> 15), constant)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** 16 hex digits. */
export function digits(high: number, low: number): string {
  return hex(high) + hex(low)
}

// Faster by half than the number's own `toString`, which would be most of what a hash costs.
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hex(bits: number): string {
  return `${BYTES[bits >>> 24]}${BYTES[(bits >>> 16) & 255]}${BYTES[(bits >>> 8) & 255]}${BYTES[bits & 255]}`
}
