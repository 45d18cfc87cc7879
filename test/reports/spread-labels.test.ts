import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadLabels } from '../../reports/spread-labels.ts'

test('labels that do not touch stay where they are', () => {
  expect(spreadLabels([50, 10, 90], 15, 0, 100)).toEqual([50, 10, 90])
})

test('labels that would cover each other move apart', () => {
  expect(spreadLabels([50, 50], 10, 0, 100)).toEqual([50, 60])
  expect(spreadLabels([98, 95], 10, 0, 100)).toEqual([100, 90])
})

test('however many there are, none leaves the drawing or covers another, and their order stays', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 }), (positions) => {
      const placed = spreadLabels(positions, 10, 0, 100)
      const gap = Math.min(10, 100 / Math.max(1, positions.length - 1))
      const sorted = placed.toSorted((a, b) => a - b)
      expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9)
      expect(sorted.at(-1)).toBeLessThanOrEqual(100 + 1e-9)
      for (const [index, y] of sorted.entries()) {
        if (index > 0) expect(y - sorted[index - 1]!).toBeGreaterThanOrEqual(gap - 1e-9)
      }
      for (const [i, a] of positions.entries()) {
        for (const [j, b] of positions.entries()) if (a < b) expect(placed[i]!).toBeLessThan(placed[j]!)
      }
    }),
  )
})
