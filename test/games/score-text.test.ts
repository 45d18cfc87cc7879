import { describe, expect, it } from 'vitest'
import {
  isPointless,
  maximumIn,
  movesIn,
  movesOnStatusLine,
  scoreIn,
  scoreOnStatusLine,
} from '../../games/score-text.ts'

describe('an answer to "score"', () => {
  it.each([
    ['Your score is 10 (total of 350 points), in 12 moves.', 10, 350, 12],
    ['You have so far scored 5 out of a possible 100, in 20 turns, earning you the rank of Novice.', 5, 100, 20],
    ["In 7 turns, you've scored 36 points out of a possible 350.", 36, 350, 7],
    ['You have scored, in 15 turns, 3 points of a maximum of 40.', 3, 40, 15],
    ['Your potential is 2 of a possible 7, in 9 moves.', 2, 7, 9],
    ['Bert have 1 out of 7 thing done after 1 turn.', 1, 7, 1],
    ['Score: -10', -10, null, null],
    ['You have 4 points. There are 30 in all.', 4, null, null],
    ['You have 5 merit points, and there are 30 to be had.', 5, null, null],
    ['Your score is 5, and the maximum possible score is 120.', 5, 120, null],
    ['Points 4/30', 4, 30, null],
    ['You have 1,250 points out of 10,000, in 1,004 turns.', 1250, 10_000, 1004],
    ['You have not scored any points yet.', 0, null, null],
    ['You have scored no points yet, out of 50.', 0, 50, null],
    ['You have earned no points, in 12 turns.', 0, null, 12],
    ['Your score is zero out of 50.', 0, 50, null],
    ['Your score is zero out of a possible 50, in 3 moves.', 0, 50, 3],
    ['In 12 turns you have 3 points of a possible 10.', 3, 10, 12],
  ])('%s', (answer, score, maximum, moves) => {
    expect({ score: scoreIn(answer), maximum: maximumIn(answer), moves: movesIn(answer) }).toEqual({
      score,
      maximum,
      moves,
    })
  })

  it.each(["That's not a verb I recognise.", 'It is 9:05 a.m.', 'There is no score in this story.'])(
    'that names none: %s',
    (answer) => {
      expect(scoreIn(answer)).toBeNull()
      expect(maximumIn(answer)).toBeNull()
    },
  )

  it.each([
    ['There is no score in this story.', true],
    ['You have so far scored 0 out of a possible 0, in 3 turns.', true],
    ['This game is not scored.', true],
    ['You have so far scored 0 out of a possible 10, in 3 turns.', false],
    ['This story gives no points.', true],
    ['You have not scored any points yet.', false],
    ['You have scored no points yet.', false],
    ['You have scored no points, out of 50.', false],
  ])('tells whether there are points to be had: %s', (answer, pointless) => {
    expect(isPointless(answer)).toBe(pointless)
  })
})

describe('a status line', () => {
  it.each([
    ['West of House            Score: 10      Moves: 5', 10, 5],
    ['Attic                                      10/5', 10, 5],
    ['Lobby   Points: 3   Turns: 8', 3, 8],
    ['Attic   Score: 1,200   Moves: 1,005', 1200, 1005],
    ['Bedroom                                 9:05 am', null, null],
    ['Room 10/5 upstairs', null, null],
  ])('%s', (row, score, moves) => {
    expect({ score: scoreOnStatusLine([row]), moves: movesOnStatusLine([row]) }).toEqual({ score, moves })
  })
})

it.each([
  ['score ', ''],
  ['score ', ' turns'],
  ['point ', ''],
  ['point ', ' turns'],
])('reads a hundred thousand digits between "%s" and "%s" in no time', (before, behind) => {
  const start = process.cpuUsage()
  const answer = `${before}${'1'.repeat(100_000)}${behind}`
  expect([scoreIn(answer), maximumIn(answer), isPointless(answer)]).toEqual([null, null, false])
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
})
