import { expect, test } from 'vitest'
import type { RunEvent } from '../../harness/index.ts'
import { joinMaps, RoomMapper } from '../../reports/index.ts'
import { episode, turn } from './made-up-events.ts'

function mapOf(events: readonly RunEvent[]) {
  const mapper = new RoomMapper()
  for (const event of events) mapper.take(event)
  return mapper.result()
}

test('a map has the rooms in the order found, with turns begun there and points earned there', () => {
  const events = episode(1, [
    turn({ chosen: 'north', to: 'Yard' }),
    turn({ chosen: 'dig', to: 'Yard', reward: 5 }),
    turn({ chosen: 'south', to: 'Hall', reward: -1 }),
  ])
  expect(mapOf(events).rooms).toEqual([
    { name: 'Hall', visits: 1, points: 0 },
    { name: 'Yard', visits: 2, points: 4 },
  ])
})

test('a way is named by the command that was used most, and its direction', () => {
  const there = (chosen: string) => [turn({ chosen, to: 'Yard' }), turn({ chosen: 'go south', to: 'Hall' })]
  const events = episode(1, [...there('n'), ...there('enter yard'), ...there('n')])
  expect(mapOf(events).moves).toEqual([
    { from: 'Hall', to: 'Yard', command: 'n', direction: 'north', count: 3 },
    { from: 'Yard', to: 'Hall', command: 'go south', direction: 'south', count: 3 },
  ])
})

test('no way leads from the end of an episode to the start of the next, nor through the dark', () => {
  const events = [
    ...episode(1, [turn({ chosen: 'down', to: 'Cellar' })]),
    ...episode(2, [turn({ chosen: 'up', to: null }), turn({ chosen: 'up', to: 'Roof' })]),
  ]
  expect(mapOf(events).moves.map(({ from, to }) => `${from} - ${to}`)).toEqual(['Hall - Cellar'])
})

test('a death is no way, wherever it leaves the player', () => {
  const events = episode(1, [turn({ chosen: 'down', to: 'Forest', reward: -10 })])
  const fatal = events.map((event) => (event.type === 'stepped' ? { ...event, terminated: true } : event))
  expect(mapOf(fatal).moves).toEqual([])
  expect(mapOf(fatal).rooms[0]).toEqual({ name: 'Hall', visits: 1, points: -10 })
})

test('maps of several runs are one', () => {
  const one = mapOf(episode(1, [turn({ chosen: 'north', to: 'Yard', reward: 2 })]))
  const other = mapOf(episode(1, [turn({ chosen: 'go yard', to: 'Yard' }), turn({ chosen: 'wait', to: 'Yard' })]))
  const joined = joinMaps([one, other, one])
  expect(joined.rooms).toEqual([
    { name: 'Hall', visits: 3, points: 4 },
    { name: 'Yard', visits: 1, points: 0 },
  ])
  expect(joined.moves).toEqual([{ from: 'Hall', to: 'Yard', command: 'north', direction: 'north', count: 3 }])
  expect(joined.episodes).toBe(3)
})
