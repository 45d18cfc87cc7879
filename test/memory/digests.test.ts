import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Digests } from '../../memory/digests.ts'

/** Sixteen bytes; those of 0 and 1 begin with the same four, which is where the search for them begins. */
function digestOf(number: number): Buffer {
  const bytes = createHash('md5')
    .update(`${number >> 1}`)
    .digest()
  bytes[15] = number & 1
  return bytes
}

test('a digest has the id that was last given to it, however many there are', () => {
  const anyEntry = fc.record({ number: fc.nat({ max: 300 }), id: fc.integer({ min: 1, max: 1e9 }) })
  const law = fc.property(fc.array(anyEntry, { maxLength: 400, size: 'max' }), (entries) => {
    const digests = new Digests()
    const twin = new Map<number, number>()
    for (const { number, id } of entries) {
      digests.set(digestOf(number), id)
      twin.set(number, id)
    }
    for (let number = 0; number <= 300; number++) expect(digests.id(digestOf(number))).toBe(twin.get(number))
  })
  fc.assert(law, { numRuns: 30 })
})
