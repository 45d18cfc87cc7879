import { expect, it } from 'vitest'
import { dealCells } from '../../../src/cells/deal-cells.ts'

it('deals one job seed by seed', () => {
  const cells = dealCells(['jitrl', 'static'], 2, 1).map(({ policy, seed }) => `${policy} ${seed}`)
  expect(cells).toEqual(['jitrl 1', 'static 1', 'jitrl 2', 'static 2'])
})

it('deals several jobs the last seeds, two a job, policy by policy', () => {
  const cells = dealCells(['a', 'b'], 6, 2).map(({ policy, seed }) => `${policy}${seed}`)
  expect(cells.join(' ')).toBe('a1 b1 a2 b2 a3 a4 a5 a6 b3 b4 b5 b6')
})

it('deals as many as there are when the seeds are few', () => {
  const cells = dealCells(['jitrl', 'static'], 2, 8).map(({ policy, seed }) => `${policy} ${seed}`)
  expect(cells).toEqual(['jitrl 1', 'jitrl 2', 'static 1', 'static 2'])
})

it('leaves no job alone with a cell that takes long', () => {
  // Five cells of 4 s and five of 1 s are 25 s: two jobs take 13 s at least. Seed by seed the last long one is begun at
  // 10 s, and the other job has nothing left at 11 s.
  const seconds = { jitrl: 4, static: 1 }
  const jobs = [0, 0]
  for (const { policy } of dealCells(['jitrl', 'static'] as const, 5, 2)) {
    jobs.sort((a, b) => a - b)
    jobs[0]! += seconds[policy]
  }
  expect(Math.max(...jobs)).toBe(13)
})
