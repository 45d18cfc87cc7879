import process from 'node:process'
import { Writable } from 'node:stream'
import { render } from 'ink'
import { openAlternateScreen } from './alternate-screen.ts'
import { atMostEvery } from './at-most-every.ts'
import { FramePainter } from './frame-painter.ts'
import { listenForKeys } from './keyboard.ts'
import type { Size } from './layout.ts'
import { PaintedRows } from './painted-rows.ts'
import { Screen } from './screen.tsx'
import { exitCodeOf, onEndingSignals } from './signals.ts'
import type { Line } from './spans.ts'
import { sizeOf } from './terminal-size.ts'

/** A terminal's two ends, and what it was told to avoid. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
}

/** What stands on the screen, and who hears of keys. */
export interface Shown {
  readonly lines: (size: Size) => readonly Line[]
  readonly onKey: (key: string) => void
  /** The program is asked to end, by a signal or because the terminal is gone. */
  readonly onLeave: (exitCode: number) => void
  /** Begins; the screen is given back when the promise is settled. */
  readonly run: (screen: TerminalScreen) => Promise<void>
}

export interface TerminalScreen {
  /** Something has changed: a frame is due. */
  readonly changed: () => void
  /** Stops the program as Ctrl-Z would, until it is continued. */
  readonly suspend: () => void
  readonly size: () => Size
}

const framesPerSecond = 30

/**
 * Takes over the terminal until `run` is settled, whatever happens meanwhile: what is thrown, in drawing too, is thrown
 * from here, with the terminal as it was.
 */
export async function onTerminal({ stdin, stdout, env }: Terminal, shown: Shown): Promise<void> {
  const painted = new PaintedRows()
  const painter = new FramePainter(stdout)
  // https://no-color.org: any value but the empty one asks for none.
  const { NO_COLOR } = env
  const colours = !NO_COLOR
  let suspended = false
  let terminalIsGone = false
  let wakes: NodeJS.Timeout | undefined
  let crash = (_reason: unknown) => {}
  const crashed = new Promise<never>((_, reject) => {
    crash = reject
  })
  const size = () => sizeOf(stdout)
  const guarded = (work: () => void) => {
    try {
      work()
    } catch (error) {
      crash(error)
    }
  }
  const frame = () => <Screen rows={painted.standInsOf(shown.lines(size()), colours)} />
  const frames = atMostEvery(1000 / framesPerSecond, () => {
    if (suspended) return
    guarded(() => app.rerender(frame()))
    // React's development build measures every component it draws, and Node keeps what is measured for ever.
    performance.clearMeasures()
  })
  const hangUp = () => {
    if (terminalIsGone) return
    terminalIsGone = true
    shown.onLeave(exitCodeOf.SIGHUP)
  }
  const repaint = () => {
    painter.forget()
    frames.wish()
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
      repaint()
    }, 50)
  }

  const screen = openAlternateScreen(stdout)
  const forgetSignals = onEndingSignals(shown.onLeave)
  stdout.on('resize', repaint)
  stdout.on('error', hangUp)
  stdin.on('end', hangUp)
  stdin.on('error', hangUp)
  const keyboard = listenForKeys(stdin, (key) => guarded(() => shown.onKey(key)))
  const app = render(frame(), { stdout: frameStream(painter, painted), stdin, ...inkOptions })
  try {
    await Promise.race([shown.run({ changed: frames.wish, suspend, size }), crashed, inkCrash(app.waitUntilExit())])
  } finally {
    frames.cancel()
    clearTimeout(wakes)
    app.unmount()
    keyboard.close()
    screen.close()
    forgetSignals()
    stdout.off('resize', repaint)
    stdin.off('end', hangUp)
    // What was written last fails by then, if it fails.
    await new Promise((resolve) => setImmediate(resolve))
    stdin.off('error', hangUp)
    stdout.off('error', hangUp)
  }
  // Node 20 aborts at its end when it cannot reset a terminal that is gone. To die of the signal is expected anyway.
  if (terminalIsGone) process.kill(process.pid, 'SIGHUP')
}

/** Ink ends by itself only when a component has thrown. */
async function inkCrash(exit: Promise<unknown>): Promise<void> {
  await exit
}

/** In `debug` mode Ink writes each frame whole and leaves the cursor alone, which is what the painter needs. */
const inkOptions = { debug: true, exitOnCtrlC: false, patchConsole: false }

function frameStream(painter: FramePainter, painted: PaintedRows): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write(frame: string, _encoding, written) {
      if (frame !== '') painter.paint(frame.split('\n').map((row) => painted.rowOf(row)))
      written()
    },
  })
  // As wide as a row's stand-in: Ink makes cells for all of a terminal's columns, whatever stands in them.
  Object.defineProperty(stream, 'columns', { value: 1 })
  // Ink asks for a terminal's stream; of what makes it one, it reads the columns alone in this mode.
  return stream as unknown as NodeJS.WriteStream
}
