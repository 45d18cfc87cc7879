import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { bar, decimal, percent, sparkline } from '../../../src/tui/figures.ts'

describe('a percentage', () => {
  test.each([
    [1, '100%'],
    [0.344, '34%'],
    [0.0996, '10%'],
    [0.0994, '9.9%'],
    [0.034, '3.4%'],
    [0.0005, '0.1%'],
    [0.0004, '<.1%'],
    [0, '0%'],
  ])('of %d reads %s', (share, text) => {
    expect(percent(share)).toBe(text)
  })

  test('never takes more than four columns', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => percent(share).length <= 4))
  })
})

describe('a decimal', () => {
  test.each([
    [1.256, 5, 'minus', '1.26'],
    [12.25, 4, 'minus', '12.3'],
    [-12.25, 4, 'minus', '-12'],
    [0.5, 5, 'always', '+0.50'],
    [-0.001, 5, 'minus', '0.00'],
    [0, 5, 'always', '0'],
    [null, 5, 'minus', '–'],
    [-Infinity, 5, 'minus', '-inf'],
    [123456, 4, 'minus', '1e5'],
  ] as const)('of %d in %d columns reads %s %s', (value, width, sign, text) => {
    expect(decimal(value, width, sign)).toBe(text)
  })
})

describe('a bar', () => {
  test('has a full block for each whole column and an eighth block for the rest', () => {
    expect(bar(0.5, 4)).toBe('██')
    // 0.3 of 4 columns is 9.6 eighths: one column and two eighths.
    expect(bar(0.3, 4)).toBe('█▎')
  })

  test('shows something for every probability that is not nothing', () => {
    expect(bar(0.0001, 4)).toBe('▏')
    expect(bar(0, 4)).toBe('')
  })

  test('never leaves its columns', () => {
    const share = fc.double({ min: -1, max: 2, noNaN: true })
    fc.assert(fc.property(share, fc.nat(50), (value, width) => stringWidth(bar(value, width)) <= width))
  })
})

describe('a sparkline', () => {
  test('puts 0 on the ground and the highest at the top', () => {
    expect(sparkline([0, 5, 10], 1)).toEqual(['▁▅█'])
  })

  test('grows over several rows', () => {
    expect(sparkline([0, 10], 2)).toEqual([' █', '▁█'])
  })

  test('puts the lowest of negative scores on the ground', () => {
    expect(sparkline([-10, 0], 1)).toEqual(['▁█'])
  })

  test('of zeros is flat', () => {
    expect(sparkline([0, 0], 1)).toEqual(['▁▁'])
  })
})
