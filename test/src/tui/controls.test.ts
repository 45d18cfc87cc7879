import { beforeAll, describe, expect, test } from 'vitest'
import { type Controls, initialControls, press, type Situation } from '../../../src/tui/controls.ts'
import { keyHelp, speeds } from '../../../src/tui/keys.ts'
import { typed } from '../../../src/tui/line-edit.ts'
import { TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { TurnHistory } from '../../../src/tui/turn-history.ts'
import { syntheticRun } from './synthetic-run.ts'

/** Two episodes of six turns: 0 to 6 and 7 to 13, then the run's end (14). Turn 3 of each earns, turn 3 and 6 flip. */
const history = new TurnHistory()
beforeAll(async () => {
  for await (const turn of turns(syntheticRun(2, 6), new TurnGate(Infinity))) history.add(turn)
})

const situation = (change: Partial<Situation> = {}): Situation => ({
  kind: 'recorded',
  marks: history,
  rows: 16,
  page: 10,
  help: { lines: 20, page: 30 },
  validActions: ['north', 'open ledger', 'open sluice'],
  policy: 'jitrl',
  hasModel: false,
  isOver: false,
  agents: 1,
  canFork: true,
  ...change,
})
const live = situation({ kind: 'live' })
const recording = initialControls(2, 'recorded')

/** The controls after the keys, and what the last of them did. */
function keyed(keys: readonly string[], from: Controls = recording, where = situation()) {
  let pressed: ReturnType<typeof press> = { controls: from, effects: [] }
  for (const key of keys) pressed = press(pressed.controls, key, where)
  return pressed
}
const type = (text: string) => [...text]
const newest: Controls = { ...initialControls(2, 'live'), at: 14 }

describe('a key', () => {
  test('space pauses, and goes on', () => {
    const paused = keyed([' '])
    expect(paused.controls.pace.paused).toBe(true)
    expect(paused.effects).toEqual([{ type: 'run', command: { type: 'pause' } }])
    const running = keyed([' '], paused.controls)
    expect(running.controls.pace.paused).toBe(false)
    expect(running.effects).toEqual([{ type: 'run', command: { type: 'resume' } }])
  })

  test('space goes on from the newest turn of a live run, whatever was looked at', () => {
    const { controls } = keyed(['b', 'b', ' '], newest, live)
    expect(controls).toMatchObject({ at: 14, following: true })
  })

  test('n plays one turn, or shows the next one where it was played already', () => {
    expect(keyed(['n'], newest, live).effects).toEqual([
      { type: 'run', command: { type: 'pause' } },
      { type: 'run', command: { type: 'step' } },
    ])
    expect(keyed(['b', 'b', 'n'], newest, live).controls.at).toBe(13)
    expect(keyed(['n']).controls.at).toBe(1)
  })

  test('e goes to the end of the episode, and then to that of the next', () => {
    expect(keyed(['e']).controls).toMatchObject({ at: 6, pace: { paused: true } })
    expect(keyed(['e', 'e']).controls.at).toBe(13)
    const rushing = keyed(['e'], newest, live)
    expect(rushing.controls.pace).toMatchObject({ rushing: true, paused: false })
    expect(rushing.effects).toEqual([{ type: 'run', command: { type: 'rush' } }])
  })

  test('+ and - go through the speeds and stop at the ends', () => {
    const faster = keyed(['+', '+', '+', '+', '+', '+', '+']).controls.pace.turnsPerSecond
    expect(faster).toBe(Infinity)
    expect(keyed(['-', '-', '-', '-']).controls.pace.turnsPerSecond).toBe(speeds[0])
    expect(keyed(['=']).effects).toEqual([{ type: 'run', command: { type: 'speed', turnsPerSecond: 5 } }])
    expect(keyed(['_']).controls.pace.turnsPerSecond).toBe(1)
  })

  test.each([
    ['b', 'f'],
    ['left', 'right'],
  ])('%s looks back and %s forward, paused, and neither leaves the run', (back, forward) => {
    const { controls, effects } = keyed([back, back], newest, live)
    expect(controls).toMatchObject({ at: 12, following: false, pace: { paused: true } })
    expect(effects).toEqual([{ type: 'run', command: { type: 'pause' } }])
    expect(keyed([forward, forward, forward], controls, live).controls).toMatchObject({ at: 14, following: true })
    expect(keyed([back]).controls.at).toBe(0)
  })

  test('up and down select a row, escape and return let it go', () => {
    expect(keyed(['down', 'down']).controls.selected).toBe(1)
    expect(keyed(['down', 'up', 'up']).controls.selected).toBe(0)
    expect(keyed(['up']).controls.selected).toBe(15)
    expect(keyed(['down'], recording, situation({ rows: 0 })).controls.selected).toBeNull()
    expect(keyed(['down', 'escape']).controls.selected).toBeNull()
    expect(keyed(['down', 'return']).controls.selected).toBeNull()
  })

  test('pages, home and end scroll the story', () => {
    expect(keyed(['pageup', 'pageup']).controls.scroll).toBe(18)
    expect(keyed(['pageup', 'pagedown', 'pagedown']).controls.scroll).toBe(0)
    expect(keyed(['home', 'end']).controls.scroll).toBe(0)
    expect(keyed(['home']).controls.scroll).toBeGreaterThan(1e6)
  })

  test('m and ? show map and help, and take them away again', () => {
    expect(keyed(['m']).controls.panel).toBe('map')
    expect(keyed(['m', 'm']).controls.panel).toBe('table')
    expect(keyed(['m', '?']).controls.panel).toBe('help')
    expect(keyed(['h', 'escape']).controls.panel).toBe('table')
  })

  test('? shows what did not fit into the pane before it takes help away', () => {
    const small = situation({ help: { lines: 20, page: 8 } })
    const seen = ['?', '? ?', '? ? ?', '? ? ? ?', '? ? ? ? ?'].map(
      (keys) => keyed(keys.split(' '), recording, small).controls,
    )
    expect(seen.map(({ panel }) => panel)).toEqual(['help', 'help', 'help', 'table', 'help'])
    expect(seen.map(({ helpFrom }) => helpFrom)).toEqual([0, 8, 16, 16, 0])
  })

  test('tab looks at the other agent', () => {
    const pair = situation({ agents: 2 })
    expect(keyed(['tab'], recording, pair).controls.focus).toBe(1)
    expect(keyed(['tab', 'tab'], recording, pair).controls.focus).toBe(0)
    expect(keyed(['tab']).controls.focus).toBe(0)
  })

  test('s asks for a picture, q and ctrl+c leave, ctrl+z stops the program', () => {
    expect(keyed(['s']).effects).toEqual([{ type: 'save picture' }])
    expect(keyed(['q']).effects).toEqual([{ type: 'leave', how: 'quit' }])
    expect(keyed(['ctrl+c']).effects).toEqual([{ type: 'leave', how: 'interrupt' }])
    expect(keyed(['t', 'ctrl+c']).effects).toEqual([{ type: 'leave', how: 'interrupt' }])
    expect(keyed(['ctrl+z']).effects).toEqual([{ type: 'suspend' }])
  })

  test('that means nothing does nothing', () => {
    expect(keyed(['x', 'ctrl+l', 'delete'])).toEqual({ controls: recording, effects: [] })
  })

  test('of every line of help does something', () => {
    for (const [names] of keyHelp) expect(names).not.toBe('')
    expect(keyHelp.flatMap(([names]) => names.split(' '))).toEqual(
      expect.arrayContaining(['space', 'n', 'e', 'b', 'f', '/', 'm', 't', 'p', 's', '?', 'q']),
    )
  })
})

describe('taking over', () => {
  const ready = { ...newest, at: 3 }

  test('plays a typed command at the newest turn of a live run', () => {
    const played = new TurnHistory()
    const marks = { first: 0, length: 4, mark: history.mark.bind(history), indexOf: played.indexOf.bind(played) }
    const now = situation({ kind: 'live', marks })
    const { controls, effects } = keyed(['t', ...type('open lamp'), 'return'], ready, now)
    expect(effects).toEqual([
      { type: 'run', command: { type: 'intervene', doing: { type: 'command', command: 'open lamp' } } },
      { type: 'run', command: { type: 'step' } },
    ])
    expect(controls.entry).toBeNull()
  })

  test('from a past turn is a fork', () => {
    expect(keyed(['t', ...type('north'), 'return'], ready, live).effects).toEqual([
      { type: 'fork', episode: 1, turn: 3, command: 'north' },
    ])
  })

  test('completes commands from those that are valid, one after another', () => {
    const complete = (...keys: readonly string[]) => {
      const { entry } = keyed(['t', ...keys], ready, live).controls
      return entry && typed(entry.edit)
    }
    expect(complete('o', 'tab')).toBe('open ledger')
    expect(complete('o', 'tab', 'tab')).toBe('open sluice')
    expect(complete('o', 'tab', 'tab', 'tab')).toBe('open ledger')
    expect(complete(...type('sluice'), 'tab')).toBe('open sluice')
    expect(complete('x', 'tab')).toBe('x')
  })

  test('is given up by escape, and by an empty line', () => {
    expect(keyed(['t', 'n', 'escape'], ready, live)).toMatchObject({ controls: { entry: null }, effects: [] })
    expect(keyed(['t', 'return'], ready, live).effects).toEqual([])
  })

  test('is refused where the story has ended, or the run cannot be forked', () => {
    expect(keyed(['t'], { ...newest, at: 6 }, live).controls.message).toContain('has ended here')
    expect(keyed(['t'], ready, situation({ canFork: false })).controls.message).toContain('cannot be played on')
  })
})

describe('changing the policy', () => {
  const change = (text: string) => keyed(['p', ...type(text), 'return'], newest, live)

  test('sets parameters for the turns to come', () => {
    expect(change('beta=5, curiosity=.3').effects).toEqual([
      {
        type: 'run',
        command: {
          type: 'intervene',
          doing: { type: 'policy', policy: null, parameters: { beta: 5, curiosity: 0.3 } },
        },
      },
    ])
  })

  test('takes one that needs a model where the run asks one', () => {
    const { effects } = keyed(['p', ...type('reflexion'), 'return'], newest, { ...live, hasModel: true })
    expect(effects).toMatchObject([{ command: { doing: { policy: 'reflexion' } } }])
  })

  test('is not taken once the run has ended, be it while somebody types', () => {
    const over = { ...live, isOver: true }
    const late = keyed(['p'], newest, over)
    expect(late.controls).toMatchObject({ entry: null, message: expect.stringContaining('The run has ended') })
    const typing = keyed(['p', ...type('static')], newest, live).controls
    expect(keyed(['return'], typing, over)).toMatchObject({
      controls: { message: late.controls.message },
      effects: [],
    })
  })

  test('takes another policy', () => {
    expect(change('jitrl:paper lambda=0.5').effects).toEqual([
      {
        type: 'run',
        command: {
          type: 'intervene',
          doing: { type: 'policy', policy: 'jitrl:paper', parameters: { lambda: 0.5 } },
        },
      },
    ])
  })

  test.each([
    ['bet=5', 'There is no parameter "bet". Did you mean beta?'],
    ['beta=much', 'beta must be a number, not "much".'],
    ['statik', 'There is no policy "statik". Did you mean static?'],
    ['static beta=5', 'The policy has no parameter "beta": it has none.'],
    ['static random', 'Name one policy.'],
    ['reflexion', 'reflexion needs a model, and this run asks none.'],
    ['human', 'human cannot take over here: t types a command.'],
  ])('says what is wrong with %s', (text, message) => {
    expect(change(text)).toMatchObject({ controls: { message }, effects: [] })
  })

  test('is for live runs', () => {
    expect(keyed(['p']).controls.message).toContain('as it was recorded')
  })
})

describe('going to', () => {
  const goTo = (text: string, at = 0) => keyed(['/', ...type(text), 'return'], { ...recording, at }).controls

  test.each([
    ['4', 1, 4],
    ['e2', 0, 7],
    ['e2.3', 0, 10],
    ['e2 t3', 0, 10],
    ['2.5', 0, 12],
    ['score', 0, 3],
    ['score', 3, 10],
    ['-score', 8, 3],
    ['flip', 0, 3],
    ['flip', 3, 6],
    ['-flip', 10, 6],
  ])('%s from turn %d leads to turn %d of the run', (text, from, to) => {
    expect(goTo(text, from)).toMatchObject({ at: to, message: '', pace: { paused: true } })
  })

  test.each([
    ['99', 'There is no turn 99 of episode 1 in what was played so far.'],
    ['e7', 'There is no turn 0 of episode 7 in what was played so far.'],
    ['-score', 'There is no earlier score change.'],
  ])('%s says why it cannot', (text, message) => {
    expect(goTo(text)).toMatchObject({ at: 0, message })
  })

  test('something else says what there is', () => {
    expect(goTo('home').message).toContain('e3.12')
  })
})
