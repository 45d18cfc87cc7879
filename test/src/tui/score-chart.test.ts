import { describe, expect, test } from 'vitest'
import { scoreChart } from '../../../src/tui/score-chart.ts'
import { textOf } from '../../../src/tui/spans.ts'

const draw = (scores: readonly number[], rows: number, columns = 20, baseline: number | null = null) =>
  scoreChart({ scores, baseline, beside: [], columns, rows }).map((line) => textOf(line).trimEnd())

describe('the chart of the scores', () => {
  test('has one bar an episode, from the lowest of 0 and the scores', () => {
    expect(draw([0, 5, 10], 1)).toEqual(['▁▁ ▅▅ ██'])
    expect(draw([-10, 0], 1)).toEqual(['▁▁ ██'])
  })

  test('grows over several rows, with its scale', () => {
    expect(draw([0, 16], 2)).toEqual(['   ██', '▁▁ ██'])
    expect(draw([0, 24], 3)).toEqual(['24    ██', '      ██', ' 0 ▁▁ ██'])
  })

  test('draws the average of the last ten across the bars, and the baseline through what is empty', () => {
    // 24 is the top. The averages are 24, 12, 8: 24 eighths, 13 and 9, so rows 1, 2 and 2 from the top of three.
    expect(draw([24, 0, 0], 3, 12, 8)).toEqual(['24 ━━━', '   ██ ━━━━━━', ' 0 ██ ▁▁ ▁▁'])
  })

  // Means 3 and 7 of at most 8: 1 + round(3 / 8 * 7) = 4 eighths and 1 + round(7 / 8 * 7) = 7.
  test('has a bar stand for several episodes where there are more than columns', () => {
    expect(draw([2, 4, 6, 8], 1, 2)).toEqual(['▄▇'])
  })

  test('has the scale of what stands beside it', () => {
    const lines = scoreChart({ scores: [5], baseline: null, beside: [10], columns: 3, rows: 1 })
    expect(textOf(lines[0] ?? [])).toBe('▅▅ ')
  })

  test('of nothing is empty', () => {
    expect(draw([], 2)).toEqual(['', ''])
  })
})
