import { expect, test } from 'vitest'
import { calibrate, PriorJudge } from '../../reports/index.ts'
import { candidate, episode, turn } from './made-up-events.ts'

test('the error is the distance of what was predicted from what came, weighted by count', () => {
  // Twice the .8 is best, once the .2: in the bin of .8 two of three (distance .1333), in that of .2 one of three (same).
  const calibration = calibrate([
    { priors: [0.8, 0.2], best: 0 },
    { priors: [0.8, 0.2], best: 0 },
    { priors: [0.8, 0.2], best: 1 },
  ])
  expect(calibration?.error).toBeCloseTo(0.8 - 2 / 3)
  expect(calibration?.bins.map(({ from, count }) => ({ from, count }))).toEqual([
    { from: 0.2, count: 3 },
    { from: 0.8, count: 3 },
  ])
  expect(calibration?.bins[1]?.observed).toBeCloseTo(2 / 3)
})

test('a certain command falls into the last bin', () => {
  expect(calibrate([{ priors: [1], best: 0 }])?.bins).toEqual([
    { from: 0.9, to: 1, count: 1, predicted: 1, observed: 1 },
  ])
})

test('nothing gives nothing', () => {
  expect(calibrate([])).toBeNull()
})

test('each situation counts as it was last met, and only where two commands are known and one returns the most', () => {
  const judge = new PriorJudge()
  const met = (situation: string, a: number | null, b: number | null) =>
    turn({
      situation,
      candidates: [candidate({ action: 'a', prior: 0.9, q: a }), candidate({ action: 'b', prior: 0.1, q: b })],
    })
  const turns = [
    met('x', 1, 0),
    met('x', 1, 2),
    met('y', 5, null),
    met('nothing', 0, 0),
    met('z', 1, 0),
    met('z', 1, 1),
  ]
  for (const event of episode(1, turns)) judge.take(event)
  expect(judge.result()).toEqual([{ priors: [0.9, 0.1], best: 1 }])
})
