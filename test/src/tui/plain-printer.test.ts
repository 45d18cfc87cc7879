import { expect, test } from 'vitest'
import { plainLines } from '../../../src/tui/plain-printer.ts'
import { TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { syntheticRun } from './synthetic-run.ts'

test('a run is printed as a header, a line a turn and a line an episode, and returns how it ended', async () => {
  const lines = plainLines(turns(syntheticRun(2, 3), new TurnGate(Infinity)))
  const printed: string[] = []
  let next = await lines.next()
  for (; !next.done; next = await lines.next()) printed.push(next.value)
  expect(printed).toEqual([
    'The Weir (release 1.260101), jitrl, prior lexical (lexical features), 2 episodes x 3 steps, seed 7',
    '1.1     east                                    0/50  Eel Traps',
    '1.2     push lever                              0/50  Sluice Gallery',
    '1.3     open ledger                      +5     5/50  Pump Room',
    'Episode 1 ended: 5/50 after 3 turns, the step limit.',
    '2.1     put eel in bucket                       0/50  Sluice Gallery',
    '2.2     drop tallow candle                      0/50  Pump Room',
    '2.3     take tallow candle              +10    10/50  Weir Crest',
    'Episode 2 ended: 10/50 after 3 turns, the step limit.',
  ])
  expect(next.value).toMatchObject({ phase: 'ended', scores: [5, 10] })
})
