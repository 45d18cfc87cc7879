// What the screen costs: a recording of 10,000 turns shown, and a run at full speed with and without a screen.
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRecordedRun } from '../../../dist/harness/index.js'
import { startRun } from '../../../dist/src/run.js'
import { initialControls } from '../../../dist/src/tui/controls.js'
import { frameOf } from '../../../dist/src/tui/frame.js'
import { showRun } from '../../../dist/src/tui/show-run.js'
import { onTerminal } from '../../../dist/src/tui/terminal-screen.js'
import { TurnGate, turns } from '../../../dist/src/tui/turn-gate.js'
import { WatchedAgent } from '../../../dist/src/tui/watched-agent.js'
import { watchRun } from '../../../dist/src/watched-run.js'

const replayed = 10_000
const seconds = (since) => (performance.now() - since) / 1000
const rounded = (value) => Math.round(value * 100) / 100

function request(out, episodes, stepLimit) {
  const who = { story: 'tide', policy: 'jitrl', parameters: {}, model: null, seed: 1, temperature: 1 }
  return { ...who, gameSeed: { type: 'fixed', seed: 1 }, episodes, stepLimit, out, command: 'npm run bench -- screen' }
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'grue-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A real run's turns, over and over, until there are enough: as one recording. */
async function longRecording(folder) {
  const out = join(folder, 'run')
  const events = []
  for await (const event of startRun(request(out, 5, 50))) events.push(event)
  const episodes = []
  for (const event of events) {
    if (event.type === 'episode-started') episodes.push([])
    if (!event.type.startsWith('run-')) episodes.at(-1)?.push(event)
  }
  const lines = [events[0]]
  for (let count = 0, episode = 1; count < replayed; episode += 1) {
    const played = episodes[episode % episodes.length]
    count += played.filter(({ type }) => type === 'stepped').length
    lines.push(...played.map((event) => ({ ...event, episode })))
  }
  const time = new Date(0).toISOString()
  writeFileSync(join(out, 'events.jsonl'), lines.map((event) => `${JSON.stringify({ time, ...event })}\n`).join(''))
  return out
}

async function replay() {
  return inFolder(async (folder) => {
    const out = await longRecording(folder)
    const bare = performance.now()
    for await (const _ of readRecordedRun(out).events());
    const reading = seconds(bare)
    const began = performance.now()
    const agent = new WatchedAgent()
    await agent.follow(turns(readRecordedRun(out).events(), new TurnGate(Number.POSITIVE_INFINITY)), () => {})
    const taken = seconds(began)
    const { length } = agent.history
    const sought = performance.now()
    // Co-prime steps: every seek is a jump.
    for (let step = 0; step < 200; step += 1) agent.at((step * 7919) % length)
    const seek = (seconds(sought) / 200) * 1000
    return [
      {
        name: 'replay-10000',
        value: rounded(length / taken),
        unit: 'turns/s',
        peer: 'reading the log alone',
        ratio: rounded(reading / taken),
      },
      {
        name: 'replay-seek',
        value: rounded(seek),
        unit: 'ms',
        peer: 'folding the whole log',
        ratio: rounded((taken * 1000) / seek),
      },
      {
        name: 'replay-memory',
        value: rounded(process.resourceUsage().maxRSS / 1024),
        unit: 'MB',
        peer: '300 MB',
        ratio: rounded(300 / (process.resourceUsage().maxRSS / 1024)),
      },
    ]
  })
}

/** What a frame of the largest terminal costs, each of another turn: of what 30 a second leave it. */
async function frames() {
  return inFolder(async (folder) => {
    const out = join(folder, 'run')
    for await (const _ of startRun(request(out, 2, 60)));
    const agent = new WatchedAgent()
    await agent.follow(turns(readRecordedRun(out).events(), new TurnGate(Number.POSITIVE_INFINITY)), () => {})
    const controls = initialControls(Number.POSITIVE_INFINITY, 'live')
    const motion = { pace: controls.pace, kind: 'live', rate: 200, behind: 0, reading: false, prices: null }
    const [warm, drawn] = [40, 160]
    let count = 0
    let before = process.cpuUsage()
    let used = before
    await onTerminal(
      { ...terminal(300, 100), env: {} },
      {
        lines: (size) => {
          if (count === warm) before = process.cpuUsage()
          if (count === drawn) used = process.cpuUsage(before)
          const turn = agent.at((count++ * 7) % agent.history.length)
          return frameOf({ agents: [turn], baseline: 2, controls, motion, size })
        },
        onKey: () => {},
        onLeave: () => {},
        run: async ({ changed }) => {
          while (count <= drawn) {
            changed()
            await new Promise((resolve) => setTimeout(resolve, 1))
          }
        },
      },
    )
    const value = (used.user + used.system) / 1000 / (drawn - warm)
    const ratio = rounded(1000 / 30 / value)
    return [{ name: 'frame-300x100', value: rounded(value), unit: 'ms CPU', peer: 'a thirtieth of a second', ratio }]
  })
}

/** A terminal that swallows what it is sent. */
function terminal(columns, rows) {
  const stdout = Object.assign(new EventEmitter(), { isTTY: true, columns, rows, write: () => true })
  const nothing = () => {}
  const stdin = Object.assign(new EventEmitter(), { isTTY: true, setRawMode: nothing, setEncoding: nothing })
  return { stdout, stdin: Object.assign(stdin, { resume: nothing, pause: nothing, ref: nothing, unref: nothing }) }
}

/** Turns a second of the same run at full speed, on the screen or without one; the first twenty warm it up. */
async function rate(out, withScreen) {
  const run = watchRun(request(out, 6, 60), { speed: Number.POSITIVE_INFINITY })
  let count = 0
  let began = 0
  let ended = 0
  const { stdin, stdout } = terminal(120, 40)
  async function* counted() {
    for await (const turn of run.turns) {
      count += 1
      if (count === 20) began = performance.now()
      ended = performance.now()
      yield turn
    }
    setImmediate(() => stdin.emit('data', 'q'))
  }
  if (withScreen) {
    const live = { run: { ...run, turns: counted() } }
    await showRun({ kind: 'live', runs: [live] }, { stdin, stdout, env: {}, speed: Number.POSITIVE_INFINITY })
  } else for await (const _ of counted());
  return (count - 20) / ((ended - began) / 1000)
}

async function slowdown() {
  return inFolder(async (folder) => {
    const rates = { on: [], off: [] }
    for (let round = 0; round < 5; round += 1) {
      rates.off.push(await rate(join(folder, `off${round}`), false))
      rates.on.push(await rate(join(folder, `on${round}`), true))
    }
    const value = Math.max(...rates.on)
    const ratio = rounded(value / Math.max(...rates.off))
    return [
      { name: 'screen-full-speed', value: rounded(value), unit: 'turns/s', peer: 'the run without a screen', ratio },
    ]
  })
}

export default [replay, frames, slowdown]
