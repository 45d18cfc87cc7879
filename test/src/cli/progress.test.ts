import { expect, it } from 'vitest'
import type { RunConfig, RunEvent } from '../../../harness/index.ts'
import { openProgress, type ProgressStream } from '../../../src/cli/progress.ts'

const config: RunConfig = {
  story: { id: 's', title: 's', version: 5, release: 1, serial: '000000', sha256: '', maxScore: 10 },
  policy: { name: 'static', parameters: {} },
  prior: { name: 'lexical', rung: 'lexical features' },
  seed: 1,
  gameSeed: { type: 'per-episode' },
  episodes: 4,
  stepLimit: 10,
  temperature: 1,
  handicaps: [],
}

const started: RunEvent = { type: 'run-started', run: 'r', config }
const begun = (episode: number): RunEvent => ({ type: 'episode-started', episode, gameSeed: 1 })
const stepped = (episode: number, turn: number): RunEvent => ({
  type: 'stepped',
  episode,
  turn,
  command: 'wait',
  reward: 0,
  terminated: false,
  truncated: false,
})
const ended = (episode: number, score: number): RunEvent => ({
  type: 'episode-ended',
  episode,
  score,
  maxScore: 10,
  steps: 10,
  terminated: false,
  truncated: true,
  victory: false,
})

/** What is written for events that come at these seconds; `runs` of 4 episodes x 10 turns. */
function told(runs: number, events: readonly (readonly [number, RunEvent])[], stream: Partial<ProgressStream> = {}) {
  const texts: string[] = []
  let seconds = 0
  const write = (text: string) => texts.push(text)
  const progress = openProgress({ ...stream, write }, runs, 4, () => seconds * 1000)
  for (const [at, event] of events) {
    seconds = at
    progress.take('static', event)
  }
  progress.end()
  return texts
}

it('tells how far a run is and how long it will go on', () => {
  // One and a half of four episodes took 30 s: the other two and a half take 50 s.
  expect(
    told(1, [
      [0, started],
      [0, begun(1)],
      [20, ended(1, 3)],
      [20, begun(2)],
      [30, stepped(2, 5)],
    ]),
  ).toEqual(['static: episode 2 of 4, turn 5 of 10, last score 3, about 50 s left\n'])
})

it('does not count what an earlier start has played', () => {
  // Episode 3 is the first that is played: half of it took 30 s, so one and a half are left, 90 s.
  expect(
    told(1, [
      [0, started],
      [0, begun(3)],
      [30, stepped(3, 5)],
    ]),
  ).toEqual(['static: episode 3 of 4, turn 5 of 10, about 2 min left\n'])
})

it('counts runs that are still to come, and skips those that were finished before', () => {
  const finished: RunEvent = { type: 'run-ended', scores: [1, 1, 1, 1] }
  // Of three runs the first was there already: half an episode took 15 s, seven and a half are left, 225 s.
  expect(
    told(3, [
      [0, started],
      [0, finished],
      [0, started],
      [0, begun(1)],
      [15, stepped(1, 5)],
    ]),
  ).toEqual(['static: episode 1 of 4, turn 5 of 10, about 4 min left\n'])
})

it('writes a line at most every ten seconds', () => {
  const steps = Array.from({ length: 10 }, (_, i) => [i * 3, stepped(1, i + 1)] as const)
  expect(told(1, [[0, started], [0, begun(1)], ...steps])).toHaveLength(2)
})

it('draws a bar on a terminal, never wider than it, and takes it away in the end', () => {
  const texts = told(
    1,
    [
      [0, started],
      [0, begun(1)],
      [20, stepped(1, 10)],
    ],
    { isTTY: true, columns: 41 },
  )
  expect(texts).toHaveLength(2)
  expect(texts[0]).toBe(`\r[#####...............] static: episode 1`)
  expect(texts[1]).toBe(`\r${' '.repeat(40)}\r`)
})
