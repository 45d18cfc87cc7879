import stringWidth from 'string-width'
import { beforeAll, describe, expect, test } from 'vitest'
import { tableOf } from '../../../src/tui/advantage-rows.ts'
import { type Controls, initialControls } from '../../../src/tui/controls.ts'
import { type FrameProps, frameOf, helpSize } from '../../../src/tui/frame.ts'
import { keyHelp } from '../../../src/tui/keys.ts'
import { textOf } from '../../../src/tui/spans.ts'
import { TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { emptyView, reduce } from '../../../src/tui/view-model.ts'
import { WatchedAgent } from '../../../src/tui/watched-agent.ts'
import { observation, syntheticRun } from './synthetic-run.ts'

const watched = new WatchedAgent()
beforeAll(() => watched.follow(turns(syntheticRun(), new TurnGate(Infinity)), () => {}))

const live = initialControls(2, 'live')
const motion = { pace: live.pace, kind: 'live', rate: null, behind: 0, reading: false, prices: null } as const

function textsOf(change: Partial<FrameProps> & { readonly controls?: Controls }): readonly string[] {
  const size = { columns: 100, rows: 30 }
  const agents = [watched.at(12)]
  return frameOf({ agents, baseline: null, controls: live, motion, size, ...change }).map(textOf)
}

const panels: readonly Partial<Controls>[] = [
  {},
  { panel: 'map' },
  { panel: 'help' },
  { selected: 1 },
  { scroll: 1e6 },
  { message: 'Saved.' },
  { entry: { purpose: 'go to', edit: { clusters: [...'x'.repeat(400)], cursor: 400 }, completing: null } },
]
const sizes = [
  [300, 100],
  [200, 60],
  [120, 40],
  [100, 24],
  [80, 24],
  [79, 30],
  [60, 20],
  [40, 10],
  [100, 12],
] as const

describe('a frame', () => {
  test.each(sizes)('of %d x %d is exactly as large as the terminal, whatever it shows', (columns, rows) => {
    const agents = [0, 12].map((index) => watched.at(index))
    for (const controls of panels) {
      for (const shown of [
        ...agents.map((agent) => [agent]),
        [agents[1] ?? watched.at(0), agents[0] ?? watched.at(0)],
      ]) {
        const size = { columns, rows }
        const lines = textsOf({ agents: shown, controls: { ...live, ...controls }, size, baseline: 3.5 })
        expect(lines).toHaveLength(rows)
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
      }
    }
  })

  test.each(Array.from({ length: 15 }, (_, index) => index + 10))(
    'of 40 x %d shows of each command that is selected why, and the command itself',
    (rows) => {
      const agents = [watched.at(12)]
      const size = { columns: 40, rows }
      for (const [selected, { command }] of tableOf(agents[0]!.view.decision!).rows.entries()) {
        const lines = frameOf({ agents, baseline: null, controls: { ...live, selected }, motion, size })
        expect(lines.map(textOf)).toContainEqual(expect.stringMatching(/^why /))
        const picked = lines.flat().filter(({ inverse }) => inverse)
        expect(picked.map(({ text }) => text.slice(0, 8).trim())).toEqual([command.slice(0, 8).trim()])
      }
    },
  )

  test('shows all of help, page by page, on a small terminal', () => {
    const size = { columns: 40, rows: 12 }
    const { lines, page } = helpSize(size, 1)
    const shown = (helpFrom: number) => textsOf({ size, controls: { ...live, panel: 'help', helpFrom } })
    const whole = textsOf({ controls: { ...live, panel: 'help' }, size: { columns: 79, rows: 60 } }).join('\n')
    const pages = Array.from({ length: Math.ceil(lines / page) }, (_, index) => shown(index * page))
    for (const [keys] of keyHelp)
      expect([whole, pages.flat().join('\n')].map((text) => text.includes(keys))).toEqual([true, true])
    expect(pages.map((texts) => texts.at(-1)?.match(/\? \w+/)?.[0])).toEqual(['? more', '? more', '? table'])
  })

  test('is one line where there is room for no more', () => {
    const lines = textsOf({ size: { columns: 30, rows: 5 } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('Towpath')
  })

  test('shows on a small terminal, too, what is being typed and what there is to say, and keeps the score', () => {
    const edit = { clusters: [...'open'], cursor: 4 }
    const entry = { purpose: 'take over', edit, completing: null } as const
    const small = (rows: number, change: Partial<Controls>) =>
      textsOf({ size: { columns: 20, rows }, controls: { ...live, ...change } }).map((text) => text.trimEnd())
    expect(small(5, { entry })).toEqual(['Towpath  10/50', 'take over: open'])
    expect(small(1, { entry })).toEqual(['take over: open'])
    expect(small(5, { message: 'Saved.' })).toEqual(['Towpath  10/50', 'Saved.'])
    expect(small(1, {})).toEqual(['Towpath  10/50'])
  })

  test('says who plays what, and what it costs', () => {
    const [first, second] = textsOf({ size: { columns: 140, rows: 30 } })
    expect(first).toMatch(/^The Weir {3}jitrl:grue {3}prior lexical \(lexical features\) {3}seed 7/)
    expect(first?.trimEnd()).toMatch(/2 turns\/s$/)
    expect(second).toMatch(
      /^Towpath {3}10\/50 {3}turn 5\/6 {3}episode 2\/4 {3}1 flip, earned \+10 {3}memory 6 {3}no cost/,
    )
  })

  test('says what a model has cost so far', () => {
    const agent = watched.at(12)
    const view = { ...agent.view, calls: { count: 12, promptTokens: 40_000, completionTokens: 12, faults: 2 } }
    const agents = [{ ...agent, view }]
    const size = { columns: 160, rows: 30 }
    // 40,000 at 0.15 dollars a million and 12 at 0.6.
    const priced = { ...motion, prices: { input: 0.15, output: 0.6 } }
    expect(textsOf({ agents, size, motion: priced })[1]).toContain('12 calls, 2 of no use, 40k tokens, $0.0060')
    expect(textsOf({ agents, size })[1]).toMatch(/12 calls, 2 of no use, 40k tokens$/)
  })

  test('keeps all of that on 80 columns, whatever the names', () => {
    const agent = watched.at(12)
    const long = { story: 'Zork I: The Great Underground Empire', policy: 'jitrl:authors', episodes: 50, stepLimit: 60 }
    const model = { prior: 'openai:gpt-4.1-mini', rung: 'single-token labels (top_logprobs)' }
    const calls = { count: 2400, promptTokens: 1_900_000, completionTokens: 2400, faults: 12 }
    const place = { room: 'Behind House, in the tall grass', episode: 50, turn: 60, score: 143, maxScore: 350 }
    const { header } = agent.view
    const view = { ...agent.view, ...place, memory: 2940, calls, header: header && { ...header, ...long, ...model } }
    const pace = { ...live.pace, turnsPerSecond: Infinity }
    // 1,900,000 at 0.4 dollars a million and 2,400 at 1.6.
    const asked = { ...motion, pace, rate: 206.4, prices: { input: 0.4, output: 1.6 } }
    const [first, second] = textsOf({ agents: [{ ...agent, view }], size: { columns: 80, rows: 24 }, motion: asked })
    for (const part of ['Zork I: The Great U', 'jitrl:authors', 'gpt-4.1-mini by labels', '206 turns/s'])
      expect(first).toContain(part)
    for (const part of ['Behind House', '143/350', 'turn 60/60', 'ep 50/50', 'mem 2940', '$0.7638'])
      expect(second).toContain(part)
  })

  test('says of a turn how far the model’s answers could be used', () => {
    const agent = watched.at(12)
    const answers = { turn: agent.view.turn, labelMass: 0.97, disagreement: 0.123, faults: ['refusal'] } as const
    const shown = (change: object) => {
      const view = { ...agent.view, answers: { ...answers, ...change } }
      return textsOf({ agents: [{ ...agent, view }] }).join('\n')
    }
    expect(shown({})).toContain('97% on options, orders differ 12% of no use: refusal')
    expect(shown({ turn: agent.view.turn - 1 })).not.toContain('on options')
  })

  test('shows the story, the table, the state and the scores', () => {
    const frame = textsOf({}).join('\n')
    for (const part of [
      '> push lever',
      'command',
      '[lock house][oilskin coat, tallow candle][open,',
      'V 1.25   70 visits',
    ])
      expect(frame).toContain(part)
    expect(frame).toContain('best 5 (episode 1)')
  })

  test('names the base policy’s choice on 80 columns, where the number of neighbours gives way', () => {
    const agent = watched.at(12)
    const agents = [{ ...agent, view: { ...agent.view, flippedFrom: 'unlock' } }]
    const caption = textsOf({ agents, size: { columns: 80, rows: 24 } }).find((text) => text.includes('V 1.25'))
    expect(caption).toMatch(/V 1\.25 {3}70 visits {3}flip: static chose unlock *$/)
  })

  test('draws an advantage to its side of the axis, so that no colour is needed', () => {
    const rows = textsOf({}).filter((line) => /█+│ {3}|│█+/.test(line.slice(50)))
    expect(rows.length).toBeGreaterThan(3)
  })

  test('says why a command stands where it does, with the memories behind it and what happened then', () => {
    const neighbour = { type: 'neighbour', run: 'r1', episode: 1, turn: 3, similarity: 0.97, return: 5 } as const
    const agent = watched.at(12)
    const [first, ...rest] = agent.view.decision?.candidates ?? []
    if (!agent.view.decision || !first) throw new Error('no decision')
    const candidates = [{ ...first, probability: 1, evidence: [neighbour] }, ...rest]
    const view = { ...agent.view, decision: { ...agent.view.decision, candidates } }
    const frame = textsOf({
      agents: [{ ...agent, view }],
      controls: { ...live, selected: 0 },
      size: { columns: 140, rows: 40 },
    }).join('\n')
    expect(frame).toContain('why open ledger')
    expect(frame).toContain('episode 1 turn 3  similarity 0.97, return 5.00  +5, ended with 5')
    expect(frame).toMatch(/> open ledger: Pump Room/)
  })

  test('maps the rooms, with what was earned where', () => {
    const frame = textsOf({ controls: { ...live, panel: 'map' }, size: { columns: 200, rows: 40 } }).join('\n')
    expect(frame).toMatch(/map \d+ rooms/)
    expect(frame).toContain('Sluice Gallery +5')
    expect(frame).toMatch(/▸Towpath +◂/)
  })

  test('has two agents side by side where there is room, and one of them where there is not', () => {
    const agents = [watched.at(5), watched.at(12)]
    expect(textsOf({ agents, size: { columns: 140, rows: 40 } })[2]).toMatch(/▸ jitrl:grue .*│ {3}jitrl:grue/)
    expect(textsOf({ agents, size: { columns: 90, rows: 30 }, controls: { ...live, focus: 1 } })[1]).toContain(
      'turn 5/6',
    )
  })

  test('draws the static level across the chart, and says what it is', () => {
    const frame = textsOf({ baseline: 3.5, size: { columns: 120, rows: 40 } })
    expect(frame.slice(-6).join('\n')).toContain('static 3.50')
    expect(frame.slice(-6).join('\n')).toContain('┄┄┄')
  })

  test('keeps its columns with wide characters, long words and a flood of text', () => {
    const text = `迷宮の扉 cafe\u0301 ${'x'.repeat(300)}\n${'A long corridor. '.repeat(3000)}`
    const worldHash = '0'.repeat(16)
    const view = reduce(watched.at(9).view, {
      type: 'observed',
      episode: 1,
      turn: 2,
      observation: observation({ text, location: '迷宮'.repeat(40) }),
      worldHash,
      validActions: [],
    })
    for (const scroll of [0, 1e9]) {
      const lines = textsOf({ agents: [{ view, recall: () => null }], controls: { ...live, scroll } })
      for (const line of lines.slice(3, 25)) {
        const bar = line.search(/[│├]/)
        expect(stringWidth(line.slice(0, bar))).toBe(100 - 58 - 2)
      }
    }
  })

  test('says where one looks, and that a recording is one', () => {
    expect(textsOf({ motion: { ...motion, behind: 3 } })[0]).toContain('3 turns back')
    expect(textsOf({ motion: { ...motion, kind: 'recorded' } })[0]).toContain('replay, 2 turns/s')
    const starting = { view: emptyView, recall: () => null }
    expect(textsOf({ agents: [starting] })[1]).toContain('starting')
  })
})
