import process from 'node:process'
import { Writable } from 'node:stream'
import { render } from 'ink'
import { openAlternateScreen } from './alternate-screen.ts'
import { atMostEvery } from './at-most-every.ts'
import { FramePainter } from './frame-painter.ts'
import { type Pace, press } from './keys.ts'
import { paletteOf } from './palette.ts'
import { closingLines } from './run-summary.ts'
import { Screen } from './screen.tsx'
import { exitCodeOf, onEndingSignals } from './signals.ts'
import { patience, type WatchedRun } from './turn-gate.ts'
import { emptyView, reduce } from './view-model.ts'

export interface ScreenOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
  /** Turns per second to begin with. */
  readonly speed: number
  /** The command that continues the run, for who leaves it early. */
  readonly resume?: string
}

export interface Outcome {
  readonly exitCode: number
}

const framesPerSecond = 30

/** Shows a run on the terminal until somebody leaves it; then the terminal is as it was, and a summary below. */
export async function showRun(run: WatchedRun, options: ScreenOptions): Promise<Outcome> {
  const { stdin, stdout } = options
  const painter = new FramePainter(stdout)
  const palette = paletteOf(options.env)
  let view = emptyView
  let pace: Pace = { paused: false, turnsPerSecond: options.speed, stopping: false }
  let exitCode = 0
  let suspended = false
  let runIsOver = false
  let terminalIsGone = false
  let patienceEnds: NodeJS.Timeout | undefined
  let wakes: NodeJS.Timeout | undefined

  let close = () => {}
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  const leave = (code: number) => {
    exitCode ||= code
    if (runIsOver || patienceEnds) return close()
    pace = { ...pace, stopping: true }
    run.control({ type: 'stop' })
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
    stdin.setRawMode(false)
    // The whole process group, as the terminal would: npx and its shell have to stop with us.
    process.kill(0, 'SIGTSTP')
    // Comes round after the continuation, or soon when nobody can stop us.
    wakes = setTimeout(() => {
      suspended = false
      stdin.setRawMode(true)
      screen.resume()
      painter.forget()
      frames.wish()
    }, 50)
  }
  const onKey = (key: string) => {
    const pressed = press(pace, key)
    pace = pressed.pace
    for (const command of pressed.commands) run.control(command)
    if (pressed.leave === 'quit') leave(0)
    if (pressed.leave === 'interrupt') leave(exitCodeOf.SIGINT)
    if (pressed.leave === 'suspend') suspend()
    frames.wish()
  }
  const frame = () => {
    const size = { columns: stdout.columns, rows: stdout.rows }
    return <Screen view={view} pace={pace} size={size} palette={palette} onKey={onKey} />
  }
  const frames = atMostEvery(1000 / framesPerSecond, () => {
    if (suspended) return
    app.rerender(frame())
    // React's development build measures every component it draws, and Node keeps what is measured for ever.
    performance.clearMeasures()
  })
  const onResize = () => {
    painter.forget()
    frames.wish()
  }
  const follow = async () => {
    for await (const event of run.events) {
      view = reduce(view, event)
      frames.wish()
    }
    runIsOver = true
    if (pace.stopping) return close()
    // A single episode of a recording ends without the run's own end.
    if (view.phase === 'playing') view = { ...view, phase: 'ended' }
    frames.wish()
  }

  const screen = openAlternateScreen(stdout)
  const forgetSignals = onEndingSignals(leave)
  stdout.on('resize', onResize)
  stdout.on('error', hangUp)
  stdin.on('end', hangUp)
  stdin.on('error', hangUp)
  const app = render(frame(), { stdout: frameStream(stdout, painter), stdin, ...inkOptions })
  try {
    await Promise.race([closed, app.waitUntilExit(), follow().then(() => closed)])
  } finally {
    frames.cancel()
    clearTimeout(patienceEnds)
    clearTimeout(wakes)
    run.abandon()
    app.unmount()
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
  stdout.write(`${closingLines(view, options.resume).join('\n')}\n`)
  return { exitCode: view.phase === 'failed' ? 1 : exitCode }
}

/** In `debug` mode Ink writes each frame whole and leaves the cursor alone, which is what the painter needs. */
const inkOptions = { debug: true, exitOnCtrlC: false, patchConsole: false }

function frameStream(terminal: NodeJS.WriteStream, painter: FramePainter): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write(frame: string, _encoding, written) {
      if (frame !== '') painter.paint(frame)
      written()
    },
  })
  Object.defineProperty(stream, 'columns', { get: () => terminal.columns })
  // Ink asks for a terminal's stream; of what makes it one, it reads the columns alone in this mode.
  return stream as unknown as NodeJS.WriteStream
}
