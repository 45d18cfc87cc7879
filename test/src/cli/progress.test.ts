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

/** What is written for events of cells (by their place) that come at these seconds; each cell has 4 episodes x 10 turns. */
function told(
  labels: readonly string[],
  events: readonly (readonly [seconds: number, event: RunEvent, cell?: number])[],
  stream: Partial<ProgressStream> = {},
) {
  const texts: string[] = []
  let seconds = 0
  const write = (text: string) => texts.push(text)
  const cells = labels.map((label) => ({ label, episodes: 4, stepLimit: 10 }))
  const progress = openProgress({ ...stream, write }, cells, () => seconds * 1000)
  for (const [at, event, cell = 0] of events) {
    seconds = at
    progress.take(cell, event)
  }
  progress.end()
  return texts
}

it('tells how far a cell is and how long it will go on', () => {
  // One and a half of four episodes took 30 s: the other two and a half take 50 s.
  expect(
    told(
      ['static'],
      [
        [0, started],
        [0, begun(1)],
        [20, ended(1, 3)],
        [20, begun(2)],
        [30, stepped(2, 5)],
      ],
    ),
  ).toEqual(['static: episode 2 of 4, turn 5 of 10, scores last 3, about 50 s left\n'])
})

it('does not count what an earlier start has played', () => {
  // Episode 3 is the first that is played: half of it took 30 s, so one and a half are left, 90 s.
  expect(
    told(
      ['static'],
      [
        [0, started],
        [0, begun(3)],
        [30, stepped(3, 5)],
      ],
    ),
  ).toEqual(['static: episode 3 of 4, turn 5 of 10, about 2 min left\n'])
})

it('tells of all cells together and of each that is played, with its own time left and its curve so far', () => {
  const finished: RunEvent = { type: 'run-ended', scores: [1, 1, 1, 1] }
  // The first of three cells was there already. At 40 s the second has two of its episodes behind it and the third half
  // of one: two and a half of eight, so five and a half are left, 88 s; for the second two, 40 s; for the third three
  // and a half, in 30 s a half, 210 s.
  expect(
    told(
      ['a', 'b', 'c'],
      [
        [0, started, 0],
        [0, finished, 0],
        [0, started, 1],
        [0, begun(1), 1],
        [8, ended(1, 0), 1],
        [8, begun(2), 1],
        [9, ended(2, 7), 1],
        [9, begun(3), 1],
        [10, started, 2],
        [10, begun(1), 2],
        [40, stepped(1, 5), 2],
      ],
    ),
  ).toEqual([
    '1 of 3 cells, about 2 min left\n',
    'b: episode 3 of 4, turn 0 of 10, scores ▁█ last 7, about 40 s left\n',
    'c: episode 1 of 4, turn 5 of 10, about 4 min left\n',
  ])
})

it('writes a line at most every ten seconds', () => {
  const steps = Array.from({ length: 10 }, (_, i) => [i * 3, stepped(1, i + 1)] as const)
  expect(told(['static'], [[0, started], [0, begun(1)], ...steps])).toHaveLength(2)
})

it('begins again with a cell that another worker takes over', () => {
  const texts = told(
    ['static'],
    [
      [0, started],
      [0, begun(1)],
      [9, ended(1, 5)],
      [10, started],
      [10, begun(2)],
      [40, stepped(2, 5)],
    ],
  )
  // Half an episode took 30 s since then, two and a half are left.
  expect(texts).toEqual(['static: episode 2 of 4, turn 5 of 10, about 3 min left\n'])
})

it('draws a bar on a terminal, never wider than it, and takes it away in the end', () => {
  const texts = told(
    ['static'],
    [
      [0, started],
      [0, begun(1)],
      [20, stepped(1, 10)],
    ],
    { isTTY: true, columns: 41 },
  )
  expect(texts).toEqual(['[#####...............] static: episode …', '\r\u001b[J'])
})

it('takes a terminal that does not know its width, and says 0, for an ordinary one', () => {
  const events = [[0, started] as const, [0, begun(1)] as const, [20, stepped(1, 10)] as const]
  const [picture] = told(['static'], events, { isTTY: true, columns: 0 })
  expect(picture).toBe('[#####...............] static: episode 1 of 4, turn 10 of 10, about 1 min left')
})

it('draws over its last picture on a terminal, however many lines that had', () => {
  const texts = told(
    ['a', 'b'],
    [
      [0, started, 0],
      [0, begun(1), 0],
      [1, stepped(1, 1), 0],
      [2, stepped(1, 2), 0],
    ],
    { isTTY: true },
  )
  expect(texts).toHaveLength(4)
  expect(texts[0]?.split('\n')).toHaveLength(2)
  expect(texts[1]).toBe('\r\u001b[1A\u001b[J')
})
