import { expect, test } from 'vitest'
import type { RunEvent } from '../../../harness/index.ts'
import { TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { TurnHistory } from '../../../src/tui/turn-history.ts'
import { emptyView, reduce, type ViewModel } from '../../../src/tui/view-model.ts'
import { syntheticRun } from './synthetic-run.ts'

async function played(episodes: number, stepLimit: number) {
  const groups: (readonly RunEvent[])[] = []
  for await (const turn of turns(syntheticRun(episodes, stepLimit), new TurnGate(Infinity))) groups.push(turn)
  const views: ViewModel[] = []
  let view = emptyView
  for (const group of groups) {
    view = group.reduce(reduce, view)
    views.push(view)
  }
  return { groups, views }
}

test('shows every turn as it was then, in whatever order one looks', async () => {
  const { groups, views } = await played(5, 20)
  const history = new TurnHistory()
  for (const group of groups) history.add(group)
  expect(history.length).toBe(views.length)
  // 37 and the number of turns have no common divisor, so that every turn is looked at once.
  for (let step = 0; step < views.length; step += 1) {
    const index = (step * 37) % views.length
    expect(history.viewAt(index)).toEqual(views[index])
  }
})

test('finds turns by episode and number, and the one before where there is none', async () => {
  const history = new TurnHistory()
  for (const group of (await played(2, 6)).groups) history.add(group)
  expect(history.indexOf(1, 0)).toBe(0)
  expect(history.indexOf(2, 3)).toBe(10)
  expect(history.indexOf(1, 99)).toBe(6)
  expect(history.indexOf(0, 0)).toBe(-1)
})

test('tells what came of a turn', async () => {
  const history = new TurnHistory()
  for (const group of (await played(2, 6)).groups) history.add(group)
  expect(history.outcome(2, 3)).toMatchObject({
    command: 'take tallow candle',
    points: 10,
    room: 'Weir Crest',
    finalScore: 10,
  })
  expect(history.outcome(2, 0)).toBeNull()
  expect(history.outcome(9, 1)).toBeNull()
})

test('drops the oldest turns of a run that is longer than its memory', async () => {
  const { groups, views } = await played(4, 60)
  const history = new TurnHistory(10_000)
  for (const group of groups) history.add(group)
  expect(history.first).toBeGreaterThan(0)
  expect(history.viewAt(0)).toEqual(views[history.first])
  expect(history.viewAt(views.length - 3)).toEqual(views.at(-3))
  expect(history.indexOf(1, 0)).toBe(-1)
})
