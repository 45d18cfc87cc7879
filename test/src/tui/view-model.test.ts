import { describe, expect, test } from 'vitest'
import type { ModelCall, RunEvent } from '../../../harness/index.ts'
import { tableOf } from '../../../src/tui/advantage-rows.ts'
import { runSummary } from '../../../src/tui/run-summary.ts'
import { emptyView, reduce, type ViewModel } from '../../../src/tui/view-model.ts'
import { called } from '../../reports/made-up-events.ts'
import { candidate, config, decision, observation } from './synthetic-run.ts'

const viewOf = (events: readonly RunEvent[], view: ViewModel = emptyView) => events.reduce(reduce, view)
const worldHash = '0'.repeat(16)
const opening: readonly RunEvent[] = [
  { type: 'run-started', run: 'r', config },
  { type: 'episode-started', episode: 1, gameSeed: 1 },
  {
    type: 'observed',
    episode: 1,
    turn: 0,
    observation: observation({ text: 'Lock House\n\n\n\nCold.\n\n>' }),
    worldHash,
    validActions: [],
  },
]
const play = (turn: number, command: string, reward: number, staticChoice = command): readonly RunEvent[] => [
  {
    type: 'decided',
    episode: 1,
    turn,
    decision: decision([candidate('wait', 0.25), candidate(command, 0.75)], { chosen: command, staticChoice }),
  },
  { type: 'stepped', episode: 1, turn, command, reward, terminated: false, truncated: false },
  {
    type: 'observed',
    episode: 1,
    turn,
    observation: observation({ text: 'Done.', score: reward }),
    worldHash,
    validActions: [],
  },
]
const ended: RunEvent = {
  type: 'episode-ended',
  episode: 1,
  score: 5,
  maxScore: 50,
  steps: 2,
  terminated: false,
  truncated: true,
  victory: false,
}

const modelCall = called({ model: 'm', promptTokens: 100, labelMass: null })

describe('the view', () => {
  test('says who plays what', () => {
    expect(viewOf(opening).header).toEqual({
      story: 'The Weir',
      release: 'release 1.260101',
      policy: 'jitrl',
      prior: 'lexical',
      rung: 'lexical features',
      seed: 7,
      episodes: 4,
      stepLimit: 6,
    })
  })

  test("shows the story's text without its prompt and without heaps of empty lines", () => {
    expect(viewOf(opening).story).toEqual([{ type: 'text', text: 'Lock House\n\nCold.' }])
  })

  test('reads a text of nothing but blanks in a moment', () => {
    const text = `${' '.repeat(19_000)}x`
    const start = process.cpuUsage()
    viewOf([{ type: 'observed', episode: 1, turn: 0, observation: observation({ text }), worldHash, validActions: [] }])
    expect(process.cpuUsage(start).user).toBeLessThan(100_000)
  })

  test('marks a command with the points that it earned', () => {
    const view = viewOf([...opening, ...play(1, 'open ledger', 5)])
    expect(view.story.slice(1)).toEqual([
      { type: 'command', command: 'open ledger', points: 5, person: false },
      { type: 'text', text: 'Done.' },
    ])
    expect(view).toMatchObject({ room: 'Lock House', score: 5, maxScore: 50, episode: 1, turn: 1 })
  })

  test('marks a command that a person gave, whose points are no flip of ours', () => {
    const [decided, stepped, observed] = play(1, 'open ledger', 5, 'wait')
    if (!decided || !stepped || !observed) throw new Error('three events')
    const view = viewOf([
      ...opening,
      decided,
      { type: 'intervened', episode: 1, turn: 1, doing: { type: 'command', command: 'sing' } },
      { type: 'stepped', episode: 1, turn: 1, command: 'sing', reward: 5, terminated: false, truncated: false },
      observed,
    ])
    expect(view.story.slice(1, -1)).toEqual([{ type: 'command', command: 'sing', points: 5, person: true }])
    expect(view.flips).toEqual({ count: 0, points: 0 })
  })

  test('says who decides from here on when a person changes it', () => {
    const doing = { type: 'policy', policy: { name: 'static', parameters: {} } } as const
    const view = viewOf([...opening, { type: 'intervened', episode: 1, turn: 1, doing }])
    expect(view.header?.policy).toBe('static')
    expect(view.story.at(-1)).toMatchObject({ text: 'From here on static' })
  })

  test('adds up what the calls to a model came to, without those that were answered before', () => {
    const called = (change: Partial<ModelCall>): RunEvent => {
      return { type: 'model-called', episode: 1, turn: 1, call: { ...modelCall, ...change } }
    }
    const turns = [called({}), called({ cached: true }), called({ fault: 'empty' })]
    expect(viewOf(turns).calls).toEqual({ count: 2, promptTokens: 200, completionTokens: 2, faults: 1 })
    const calls = [modelCall, { ...modelCall, cached: true }]
    const probed: RunEvent = { type: 'model-probed', rung: 'samples', rejected: [], calls }
    expect(viewOf([probed, ...turns]).calls).toEqual({ count: 3, promptTokens: 300, completionTokens: 3, faults: 1 })
  })

  test('keeps of a turn’s answers the least mass, how far two orders differ and what was of no use', () => {
    const called = (turn: number, change: Partial<ModelCall>): RunEvent => {
      return { type: 'model-called', episode: 1, turn, call: { ...modelCall, ...change } }
    }
    const first = [called(1, { fault: 'refusal' }), called(1, { labelMass: 0.9 })]
    const view = viewOf([...first, called(1, { labelMass: 0.95, disagreement: 0.2 })])
    expect(view.answers).toEqual({ turn: 1, labelMass: 0.9, disagreement: 0.2, faults: ['refusal'] })
    const next = reduce(view, called(2, { labelMass: 1 }))
    expect(next.answers).toEqual({ turn: 2, labelMass: 1, disagreement: null, faults: [] })
  })

  test('counts flips and what they earned, and begins again with the next episode', () => {
    const view = viewOf([...opening, ...play(1, 'open ledger', 5, 'wait'), ...play(2, 'wait', 3)])
    expect(view.flips).toEqual({ count: 1, points: 5 })
    expect(reduce(view, { type: 'episode-started', episode: 2, gameSeed: 2 }).flips).toEqual({ count: 0, points: 0 })
  })

  test('keeps the score of each finished episode and says how it ended', () => {
    const view = viewOf([...opening, ended, { type: 'memory-stored', episode: 1, experiences: 2, states: 2 }])
    expect(view).toMatchObject({ scores: [5], memory: 2 })
    expect(view.story.at(-1)).toMatchObject({ text: 'Episode 1 ended: 5/50 after 2 turns, the step limit.' })
  })

  test('carries the end of an episode over into the next, and nothing else of its text', () => {
    const view = viewOf([...opening, ended, { type: 'episode-started', episode: 2, gameSeed: 2 }])
    expect(view.story.map((block) => block.type)).toEqual(['notice'])
  })

  test('takes the scores of a resumed run from its end', () => {
    const view = viewOf([...opening, ended, { type: 'run-ended', scores: [0, 0, 5] }])
    expect(view).toMatchObject({ phase: 'ended', scores: [0, 0, 5] })
    expect(runSummary(view)).toBe('3 of 4 episodes finished: last 5/50, best 5 (episode 3), mean 1.67.')
  })

  test('says what failed', () => {
    const view = viewOf([...opening, { type: 'failed', message: 'no such\u001b[31m story' }])
    expect(view.phase).toBe('failed')
    expect(view.story.at(-1)).toEqual({ type: 'notice', text: 'no such story', bad: true })
  })

  test('holds no control sequence of a story or a model', () => {
    const evil = '\u001b[2Jx\u202ey'
    const view = viewOf([
      { type: 'run-started', run: evil, config: { ...config, story: { ...config.story, title: evil } } },
      { type: 'episode-started', episode: 1, gameSeed: 1 },
      {
        type: 'observed',
        episode: 1,
        turn: 0,
        observation: observation({ text: evil, location: evil }),
        worldHash,
        validActions: [],
      },
      {
        type: 'decided',
        episode: 1,
        turn: 1,
        decision: decision([candidate(evil, 1)], { state: { summary: evil, situation: evil, tokens: [] } }),
      },
      { type: 'stepped', episode: 1, turn: 1, command: evil, reward: 0, terminated: false, truncated: false },
    ])
    const { decision: _, validActions: __, ...shown } = view
    expect(JSON.stringify(shown)).not.toMatch(/\\u001b|\u202e/)
    if (view.decision) expect(JSON.stringify(tableOf(view.decision))).not.toMatch(/\\u001b|\u202e/)
  })

  test('changes nothing it was given', () => {
    const view = viewOf(opening)
    const before = structuredClone(view)
    viewOf([...play(1, 'open ledger', 5), ended], view)
    expect(view).toEqual(before)
  })
})
