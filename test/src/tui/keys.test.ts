import { describe, expect, test } from 'vitest'
import { type Pace, press, speeds } from '../../../src/tui/keys.ts'

const running: Pace = { paused: false, turnsPerSecond: 2, stopping: false }
const paused: Pace = { ...running, paused: true }

describe('the keys', () => {
  test('space pauses a run that runs and goes on with one that is paused', () => {
    expect(press(running, ' ')).toEqual({ pace: paused, commands: [{ type: 'pause' }] })
    expect(press(paused, ' ')).toEqual({ pace: running, commands: [{ type: 'resume' }] })
  })

  test('n plays one turn and pauses', () => {
    expect(press(running, 'n')).toEqual({ pace: paused, commands: [{ type: 'pause' }, { type: 'step' }] })
  })

  test('+ and - walk through the speeds and stay at their ends', () => {
    expect(press(running, '+').commands).toEqual([{ type: 'speed', turnsPerSecond: 5 }])
    expect(press(running, '-').commands).toEqual([{ type: 'speed', turnsPerSecond: 1 }])
    expect(press({ ...running, turnsPerSecond: Infinity }, '+').pace.turnsPerSecond).toBe(Infinity)
    expect(press({ ...running, turnsPerSecond: 0.5 }, '-').pace.turnsPerSecond).toBe(0.5)
    expect(speeds).toEqual([0.5, 1, 2, 5, 10, 50, Infinity])
  })

  test('q and Ctrl-C stop the run', () => {
    expect(press(running, 'q')).toMatchObject({ leave: 'quit', commands: [{ type: 'stop' }], pace: { stopping: true } })
    expect(press(running, 'ctrl+c')).toMatchObject({ leave: 'interrupt', commands: [{ type: 'stop' }] })
  })

  test('Ctrl-Z suspends and leaves the run as it is', () => {
    expect(press(running, 'ctrl+z')).toEqual({ pace: running, commands: [], leave: 'suspend' })
  })

  test('any other key does nothing', () => {
    expect(press(running, 'x')).toEqual({ pace: running, commands: [] })
  })
})
