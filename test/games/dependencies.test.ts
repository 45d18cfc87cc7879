import { describe, expect, it } from 'vitest'
import { Dependencies } from '../../games/dependencies.ts'

const END = 400
const PLACE = '0123456789abcdef'
const origin = { bytes: Buffer.alloc(END), words: new Int32Array(0) }

function dependencies(bits: Readonly<Record<number, number>>, limits: Readonly<Record<number, number>> = {}) {
  return new Dependencies(bytesOf(bits), bytesOf(limits))
}

function bytesOf(values: Readonly<Record<number, number>>): Uint8Array {
  const bytes = new Uint8Array(END)
  for (const [address, value] of Object.entries(values)) bytes[Number(address)] = value
  return bytes
}

/** Hash where these bytes differ from the origin, which is all zeros. */
function hash(set: Dependencies, memory: Readonly<Record<number, number>>, place = PLACE): string {
  const changes = Object.entries(memory).map(([address, value]) => Number(address) * 256 + value)
  return set.hash(changes, origin, place)
}

describe('what valid actions hang on', () => {
  it('is told by the bits that count, and by no others', () => {
    const set = dependencies({ 100: 255, 101: 0b0100 })
    expect(hash(set, { 100: 7, 101: 0b0100 })).toBe(hash(set, { 100: 7, 101: 0b1101, 300: 9 }))
    expect(hash(set, { 101: 0b0100 })).not.toBe(hash(set, {}))
    expect(hash(set, { 100: 7 })).not.toBe(hash(set, { 100: 8 }))
  })

  it('takes a value at its limit or above it for the same', () => {
    const set = dependencies({}, { 50: 8, 51: 1 })
    expect(hash(set, { 50: 8, 51: 1 })).toBe(hash(set, { 50: 200, 51: 77 }))
    expect(hash(set, { 50: 7 })).not.toBe(hash(set, { 50: 8 }))
    expect(hash(set, { 51: 1 })).not.toBe(hash(set, {}))
  })

  it('differs by place and by which bits they are', () => {
    const set = dependencies({ 100: 255 })
    expect(hash(set, {})).toMatch(/^[0-9a-f]{16}$/)
    expect(hash(set, {}, 'fedcba9876543210')).not.toBe(hash(set, {}))
    expect(hash(dependencies({ 101: 255 }), {})).not.toBe(hash(set, {}))
  })

  it('is read back from its text', () => {
    const set = dependencies({ 64: 255, 65: 255, 66: 3, 399: 255 }, { 70: 8, 71: 8, 72: 1 })
    expect(set.text).toBe('64+2,0+1&3,332+1;70+2&8,0+1&1')
    expect(Dependencies.parse(set.text, END)?.text).toBe(set.text)
    expect(dependencies({}).text).toBe(';')
    expect(Dependencies.parse(';', END)?.text).toBe(';')
  })

  it.each(['', 'take lamp', '1+2', '399+2;', '-5+2;', '4+0;', '4+x;'])('is not read from %j', (text) => {
    expect(Dependencies.parse(text, END)).toBeNull()
  })

  it('grows by what another hangs on', () => {
    const both = dependencies({ 10: 1, 11: 255 }, { 20: 1 }).with(dependencies({ 10: 4 }, { 20: 8 }))
    expect(both.text).toBe('10+1&5,0+1;20+1&8')
  })
})
