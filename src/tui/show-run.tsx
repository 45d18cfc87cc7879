import process from 'node:process'
import { Writable } from 'node:stream'
import { render } from 'ink'
import type { Prices, RunEvent } from '../../harness/index.ts'
import { tableOf } from './advantage-rows.ts'
import { openAlternateScreen } from './alternate-screen.ts'
import { atMostEvery } from './at-most-every.ts'
import { type Effect, initialControls, press } from './controls.ts'
import { frameOf, storyPage } from './frame.ts'
import { FramePainter } from './frame-painter.ts'
import { GlyphTable } from './glyph-table.ts'
import { listenForKeys } from './keyboard.ts'
import { Rate } from './rate.ts'
import { closingLines, meanOf } from './run-summary.ts'
import { Screen } from './screen.tsx'
import { exitCodeOf, onEndingSignals } from './signals.ts'
import type { Line } from './spans.ts'
import { patience, type RunCommand, TurnGate, turns, type WatchedRun } from './turn-gate.ts'
import { WatchedAgent } from './watched-agent.ts'

export interface ScreenOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
  /** Turns per second to begin with. */
  readonly speed: number
  /** The command that continues the run, for who leaves it early. */
  readonly resume?: string
  /** The static policy's mean score on the same terms, where a run of it is known. */
  readonly baseline?: number | null
  /** Of the model's tokens, where they are known. */
  readonly prices?: Prices | null
  /** Keeps a picture of the screen and returns where. */
  readonly savePicture?: (lines: readonly Line[], columns: number) => string
}

/** What is shown: runs that are being played, or recordings of some. */
export type Shown =
  | {
      readonly kind: 'live'
      /** One, or two that are to be compared. */
      readonly runs: readonly LiveRun[]
      /** Plays the first run on from one of its past turns, with a command in the place of the recorded one. */
      readonly fork?: (episode: number, turn: number, command: string) => Forked
    }
  | {
      readonly kind: 'recorded'
      readonly recordings: readonly AsyncIterable<RunEvent>[]
      readonly fork?: (episode: number, turn: number, command: string) => Forked
    }

interface LiveRun {
  readonly run: WatchedRun
  /** The finished episodes that it goes on from. */
  readonly before?: AsyncIterable<RunEvent> | undefined
}

export interface Forked extends LiveRun {
  /** The command line that continues it. */
  readonly resume: string
}

export interface Outcome {
  readonly exitCode: number
}

const framesPerSecond = 30

/** Shows runs on the terminal until somebody leaves them; then the terminal is as it was, and a summary below. */
export async function showRun(shown: Shown, options: ScreenOptions): Promise<Outcome> {
  const { stdin, stdout } = options
  const glyphs = new GlyphTable()
  const encode = (text: string) => glyphs.encode(text)
  const painter = new FramePainter(stdout)
  // https://no-color.org: any value but the empty one asks for none.
  const { NO_COLOR } = options.env
  const colours = !NO_COLOR
  const rate = new Rate()
  let { kind } = shown
  let runs: readonly WatchedRun[] = shown.kind === 'live' ? shown.runs.map(({ run }) => run) : []
  let agents = (shown.kind === 'live' ? shown.runs : shown.recordings).map(() => new WatchedAgent())
  let resume = options.resume
  let controls = initialControls(options.speed, kind)
  /** Lets a recording's turns pass. */
  const playback = new TurnGate(options.speed)
  let exitCode = 0
  let suspended = false
  let terminalIsGone = false
  let patienceEnds: NodeJS.Timeout | undefined
  let wakes: NodeJS.Timeout | undefined

  let close = () => {}
  let crash = (_reason: unknown) => {}
  const closed = new Promise<void>((resolve, reject) => {
    close = resolve
    crash = reject
  })
  const focused = () => agents[controls.focus] ?? agents[0] ?? new WatchedAgent()
  const areOver = () => kind === 'recorded' || agents.every(({ growing }) => !growing)
  const send = (command: RunCommand) => {
    if (kind === 'recorded') playback.accept(command)
    for (const run of runs) run.control(command)
  }
  const leave = (code: number) => {
    exitCode ||= code
    if (areOver() || patienceEnds) return close()
    controls = { ...controls, pace: { ...controls.pace, stopping: true } }
    send({ type: 'stop' })
    patienceEnds = setTimeout(close, patience)
    frames.wish()
  }
  const hangUp = () => {
    terminalIsGone = true
    if (!patienceEnds) leave(exitCodeOf.SIGHUP)
  }
  const suspend = () => {
    suspended = true
    screen.suspend()
    keyboard.suspend()
    // The whole process group, as the terminal would: npx and its shell have to stop with us.
    process.kill(0, 'SIGTSTP')
    // Comes round after the continuation, or soon when nobody can stop us.
    wakes = setTimeout(() => {
      suspended = false
      keyboard.resume()
      screen.resume()
      painter.forget()
      frames.wish()
    }, 50)
  }
  const size = () => ({ columns: stdout.columns, rows: stdout.rows })

  /** The agents as they were at the turn that is looked at: the others at the same turn of the same episode. */
  const seen = () => {
    const main = focused()
    const { at, following } = controls
    const mark = main.history.mark(at)
    return agents.map((agent) => {
      if (agent === main) return agent.at(at)
      if (following || !mark) return agent.at(agent.history.length - 1)
      return agent.at(Math.max(agent.history.first, agent.history.indexOf(mark.episode, mark.turn)))
    })
  }
  const lines = () => {
    const { history } = focused()
    return frameOf({
      agents: seen(),
      baseline: options.baseline ?? staticScore(agents),
      controls,
      size: size(),
      motion: {
        pace: controls.pace,
        kind,
        rate: controls.pace.paused ? null : rate.at(performance.now()),
        behind: Math.max(0, history.length - 1 - controls.at),
        prices: options.prices ?? null,
        reading: kind === 'recorded' && agents.some(({ growing }) => growing),
      },
    })
  }
  const frame = () => <Screen lines={lines()} colours={colours} encode={encode} />
  const frames = atMostEvery(1000 / framesPerSecond, () => {
    if (suspended) return
    try {
      app.rerender(frame())
    } catch (error) {
      crash(error)
    }
    // React's development build measures every component it draws, and Node keeps what is measured for ever.
    performance.clearMeasures()
  })

  const onKey = (key: string) => {
    const { history } = focused()
    const { view } = focused().at(controls.at)
    const pressed = press(controls, key, {
      kind,
      marks: history,
      rows: view.decision ? tableOf(view.decision).rows.length : 0,
      page: storyPage(size(), agents.length),
      validActions: view.validActions,
      policy: view.header?.policy ?? '',
      agents: agents.length,
      canFork: shown.fork !== undefined && agents.length === 1,
    })
    const moved = pressed.controls.focus !== controls.focus
    controls = pressed.controls
    if (moved) controls = { ...controls, at: Math.min(controls.at, focused().history.length - 1) }
    for (const effect of pressed.effects) carryOut(effect)
    frames.wish()
  }
  const carryOut = (effect: Effect) => {
    switch (effect.type) {
      case 'run':
        return send(effect.command)
      case 'leave':
        return leave(effect.how === 'quit' ? 0 : exitCodeOf.SIGINT)
      case 'suspend':
        return suspend()
      case 'save picture':
        return tell(() => {
          const path = options.savePicture?.(lines(), stdout.columns)
          return path === undefined ? 'Pictures cannot be kept here.' : `Saved as ${path}.`
        })
      case 'fork':
        return tell(() => {
          const forked = shown.fork?.(effect.episode, effect.turn, effect.command)
          if (!forked) return 'This run cannot be played on from here.'
          playOn(forked)
          return `A fork: ${forked.resume}`
        })
    }
  }
  /** What cannot be done is told on the screen. */
  const tell = (attempt: () => string) => {
    let message: string
    try {
      message = attempt()
    } catch (error) {
      message = error instanceof Error ? error.message : String(error)
    }
    controls = { ...controls, message }
  }
  const playOn = (forked: Forked) => {
    for (const run of runs) run.abandon()
    const agent = new WatchedAgent()
    kind = 'live'
    runs = [forked.run]
    agents = [agent]
    resume = forked.resume
    playback.accept({ type: 'stop' })
    controls = { ...initialControls(controls.pace.turnsPerSecond, 'live'), message: controls.message }
    void watch(agent, forked).catch(crash)
  }

  const onTurn = (agent: WatchedAgent) => {
    if (!agents.includes(agent)) return
    const { history } = focused()
    if (kind === 'live') {
      if (agent === focused()) rate.add(1, performance.now())
      if (controls.following) controls = { ...controls, at: history.length - 1 }
      const { pace } = controls
      if (pace.rushing && agent === focused() && history.mark(history.length - 1)?.last) {
        controls = { ...controls, pace: { ...pace, rushing: false, paused: true } }
      }
    }
    frames.wish()
  }
  const watch = async (agent = new WatchedAgent(), { run, before }: LiveRun) => {
    if (before) await agent.follow(turns(before, new TurnGate(Infinity)), () => onTurn(agent))
    agent.growing = true
    await agent.follow(run.turns, () => onTurn(agent))
    if (controls.pace.stopping && areOver()) close()
    frames.wish()
  }
  const read = async (agent = new WatchedAgent(), recording: AsyncIterable<RunEvent>) => {
    await agent.follow(turns(recording, new TurnGate(Infinity)), () => onTurn(agent))
    frames.wish()
  }
  const playBack = async () => {
    while (await playback.pass()) {
      const { history, growing } = focused()
      if (controls.at < history.length - 1) {
        controls = { ...controls, at: controls.at + 1, scroll: 0 }
        rate.add(1, performance.now())
      } else if (!growing) {
        playback.accept({ type: 'pause' })
        controls = { ...controls, pace: { ...controls.pace, paused: true } }
      }
      frames.wish()
    }
  }

  const screen = openAlternateScreen(stdout)
  const onResize = () => {
    painter.forget()
    frames.wish()
  }
  const forgetSignals = onEndingSignals(leave)
  stdout.on('resize', onResize)
  stdout.on('error', hangUp)
  stdin.on('end', hangUp)
  stdin.on('error', hangUp)
  const keyboard = listenForKeys(stdin, onKey)
  const app = render(frame(), { stdout: frameStream(stdout, painter, glyphs), stdin, ...inkOptions })
  try {
    const following =
      shown.kind === 'live'
        ? shown.runs.map((live, index) => watch(agents[index], live))
        : [...shown.recordings.map((recording, index) => read(agents[index], recording)), playBack()]
    for (const each of following) void each.catch(crash)
    await Promise.race([closed, app.waitUntilExit()])
  } finally {
    frames.cancel()
    clearTimeout(patienceEnds)
    clearTimeout(wakes)
    playback.accept({ type: 'stop' })
    for (const run of runs) run.abandon()
    app.unmount()
    keyboard.close()
    screen.close()
    forgetSignals()
    stdout.off('resize', onResize)
    stdin.off('end', hangUp)
    // What was written last fails by then, if it fails.
    await new Promise((resolve) => setImmediate(resolve))
    stdin.off('error', hangUp)
    stdout.off('error', hangUp)
  }
  // Node 20 aborts at its end when it cannot reset a terminal that is gone. To die of the signal is expected anyway.
  if (terminalIsGone) process.kill(process.pid, 'SIGHUP')
  const { newest } = agents[0]?.history ?? new WatchedAgent().history
  stdout.write(`${closingLines(newest, resume).join('\n')}\n`)
  return { exitCode: agents.some(({ history }) => history.newest.phase === 'failed') ? 1 : exitCode }
}

/** The mean score of the agent that is the static policy, where one plays. */
function staticScore(agents: readonly WatchedAgent[]): number | null {
  const rival = agents.find(({ history }) => history.newest.header?.policy === 'static')
  const scores = rival?.history.newest.scores ?? []
  return agents.length < 2 || scores.length === 0 ? null : meanOf(scores)
}

/** In `debug` mode Ink writes each frame whole and leaves the cursor alone, which is what the painter needs. */
const inkOptions = { debug: true, exitOnCtrlC: false, patchConsole: false }

function frameStream(terminal: NodeJS.WriteStream, painter: FramePainter, glyphs: GlyphTable): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write(frame: string, _encoding, written) {
      if (frame !== '') painter.paint(frame, (line) => glyphs.decode(line))
      written()
    },
  })
  Object.defineProperty(stream, 'columns', { get: () => terminal.columns })
  // Ink asks for a terminal's stream; of what makes it one, it reads the columns alone in this mode.
  return stream as unknown as NodeJS.WriteStream
}
