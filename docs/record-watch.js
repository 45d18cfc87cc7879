// `npm run picture`: plays a run of the built-in story, and makes of its recording docs/watch.svg, the picture in the
// README, and docs/watch.cast, a short film for asciinema. The same version gives the same two files: the run is
// deterministic, and the film's clock is its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readRecordedRun } from '../dist/harness/index.js'
import { startRun } from '../dist/src/run.js'
import { staticLevel } from '../dist/src/static-level.js'
import { tableOf } from '../dist/src/tui/advantage-rows.js'
import { initialControls, press } from '../dist/src/tui/controls.js'
import { frameOf, storyPage } from '../dist/src/tui/frame.js'
import { FramePainter } from '../dist/src/tui/frame-painter.js'
import { frameSvg } from '../dist/src/tui/frame-svg.js'
import { PaintedRows } from '../dist/src/tui/painted-rows.js'
import { TurnGate, turns } from '../dist/src/tui/turn-gate.js'
import { WatchedAgent } from '../dist/src/tui/watched-agent.js'

const episodes = 20
const stepLimit = 60
const terms = { story: 'tide', prior: 'lexical', stepLimit, temperature: 1 }

async function recorded(folder, policy) {
  const out = join(folder, policy)
  const request = { story: 'tide', policy, parameters: {}, model: null, seed: 1, gameSeed: { type: 'per-episode' } }
  const command = `grue learn tide --episodes ${episodes} --steps ${stepLimit} --policy ${policy}`
  for await (const event of startRun({ ...request, episodes, stepLimit, temperature: 1, out, command })) {
    if (event.type === 'episode-ended') console.error(`${policy}: episode ${event.episode}, ${event.score} points`)
  }
  return out
}

/** What the screen shows after the keys, at any turn of the recording. */
class Show {
  constructor(agent, baseline, size) {
    this.agent = agent
    this.baseline = baseline
    this.size = size
    this.controls = initialControls(2, 'live')
  }

  key(key) {
    const { view } = this.agent.at(this.controls.at)
    const situation = {
      kind: 'recorded',
      marks: this.agent.history,
      rows: view.decision ? tableOf(view.decision).rows.length : 0,
      page: storyPage(this.size, 1),
      validActions: view.validActions,
      policy: 'jitrl',
      agents: 1,
      canFork: false,
    }
    this.controls = press(this.controls, key, situation).controls
  }

  /** As if the turn were the newest one of a live run. */
  at(index, paused) {
    const pace = { ...this.controls.pace, paused }
    this.controls = { ...this.controls, at: index, pace }
    const motion = { pace, kind: 'live', rate: null, behind: 0, reading: false, prices: null }
    const { agent, baseline, controls, size } = this
    return frameOf({ agents: [agent.at(index)], baseline, controls, motion, size })
  }
}

/** A late turn at which the memory overruled the base policy, with much known of the choices and points to show. */
function tellingTurn({ history }) {
  let best = { index: 0, worth: -1 }
  for (let index = 0; index < history.length; index += 1) {
    const mark = history.mark(index)
    if (mark.episode < episodes / 2 || mark.last || mark.turn < 8) continue
    const { decision } = history.viewAt(index)
    if (!decision) continue
    const chosen = decision.candidates.find(({ action }) => action === decision.chosen)
    const known = decision.candidates.filter(({ visits }) => visits > 0).length
    const worth = known + 4 * Number(mark.flip) + 4 * Number(mark.points > 0) + (chosen?.evidence.length ?? 0)
    if (worth > best.worth) best = { index, worth }
  }
  return best.index
}

/** Paints frames as the program does, and keeps what the terminal would be sent, with the film's time. */
class Film {
  constructor(size) {
    this.size = size
    this.time = 0
    this.events = []
    this.rows = new PaintedRows()
    this.painter = new FramePainter({ ...size, write: (text) => this.events.push([this.time, 'o', text]) })
  }

  /** Shows the lines for so many seconds. */
  show(lines, seconds) {
    this.painter.paint(this.rows.standInsOf(lines, true).map((row) => this.rows.rowOf(row)))
    this.time = Math.round((this.time + seconds) * 1000) / 1000
  }

  end() {
    const { columns: width, rows: height } = this.size
    const header = { version: 2, width, height, title: 'grue watch', env: { TERM: 'xterm-256color' } }
    return `${[header, ...this.events].map((line) => JSON.stringify(line)).join('\n')}\n`
  }
}

function film(agent, baseline) {
  const size = { columns: 100, rows: 30 }
  const { history } = agent
  const show = new Show(agent, baseline, size)
  const reel = new Film(size)
  const play = (from, to, seconds, every = 1) => {
    for (let index = from; index < to; index += every) reel.show(show.at(index, false), seconds)
  }
  const press = (index, keys, seconds) => {
    for (const key of keys) {
      show.key(key)
      reel.show(show.at(index, true), seconds)
    }
  }
  const first = history.indexOf(1, 10)
  play(0, first, 0.45)
  press(first, ['m'], 2.5)
  press(first, ['m'], 0.5)
  // Most of the run in a few seconds: a frame for every 29th turn.
  const middle = history.indexOf(episodes - 2, 0)
  play(first, middle, 0.2, 29)
  const end = history.indexOf(episodes - 2, 12)
  play(middle, end, 0.4)
  press(end, ['down', 'down', 'up'], 1.6)
  press(end, ['escape'], 0.5)
  press(end, ['/', ...'score'], 0.25)
  show.key('return')
  reel.show(show.at(show.controls.at, true), 3)
  return reel.end()
}

const folder = mkdtempSync(join(tmpdir(), 'grue-picture-'))
try {
  await recorded(folder, 'static')
  const out = await recorded(folder, 'jitrl')
  const agent = new WatchedAgent()
  await agent.follow(turns(readRecordedRun(out).events(), new TurnGate(Number.POSITIVE_INFINITY)), () => {})
  const baseline = staticLevel(out, terms)
  const size = { columns: 130, rows: 38 }
  const index = tellingTurn(agent)
  const show = new Show(agent, baseline, size)
  const { decision } = agent.history.viewAt(index)
  const rank = tableOf(decision).rows.findIndex(({ chosen }) => chosen)
  show.controls = { ...show.controls, selected: rank }
  writeFileSync(new URL('watch.svg', import.meta.url), frameSvg(show.at(index, false), size.columns))
  writeFileSync(new URL('watch.cast', import.meta.url), film(agent, baseline))
} finally {
  rmSync(folder, { recursive: true })
}
