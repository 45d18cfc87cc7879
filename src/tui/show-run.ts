import type { Prices, RunEvent } from '../../harness/index.ts'
import { tableOf } from './advantage-rows.ts'
import { type Effect, initialControls, press } from './controls.ts'
import { frameOf, helpSize, storyPage } from './frame.ts'
import type { Size } from './layout.ts'
import { Rate } from './rate.ts'
import { closingLines, meanOf } from './run-summary.ts'
import { exitCodeOf } from './signals.ts'
import type { Line } from './spans.ts'
import { onTerminal, type Terminal, type TerminalScreen } from './terminal-screen.tsx'
import { patience, type RunCommand, TurnGate, turns, type WatchedRun } from './turn-gate.ts'
import type { TurnMark } from './turn-history.ts'
import { WatchedAgent } from './watched-agent.ts'

export interface ScreenOptions extends Terminal {
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

/** What is shown: runs that are being played, or recordings of some; one, or two that are to be compared. */
export type Shown = (
  | { readonly kind: 'live'; readonly runs: readonly LiveRun[] }
  | { readonly kind: 'recorded'; readonly recordings: readonly AsyncIterable<RunEvent>[] }
) & {
  /** Plays the first run on from one of its past turns, with a command in the place of the recorded one. */
  readonly fork?: (episode: number, turn: number, command: string) => Forked
}

interface LiveRun {
  readonly run: WatchedRun
  /** The finished episodes that it goes on from. */
  readonly before?: AsyncIterable<RunEvent> | undefined
}

export interface Forked extends LiveRun {
  readonly folder: string
  /** The command line that continues it. */
  readonly resume: string
}

export interface Outcome {
  readonly exitCode: number
}

/** Shows runs on the terminal until somebody leaves them; then the terminal is as it was, and a summary below. */
export async function showRun(shown: Shown, options: ScreenOptions): Promise<Outcome> {
  const rate = new Rate()
  let { kind } = shown
  let runs: readonly WatchedRun[] = shown.kind === 'live' ? shown.runs.map(({ run }) => run) : []
  let agents = (shown.kind === 'live' ? shown.runs : shown.recordings).map(() => new WatchedAgent())
  let { resume } = options
  let controls = initialControls(options.speed, kind)
  /** Lets a recording's turns pass. */
  const playback = new TurnGate(options.speed)
  let exitCode = 0
  let screen: TerminalScreen | null = null
  let patienceEnds: NodeJS.Timeout | undefined
  let close = () => {}
  let crash = (_reason: unknown) => {}

  const changed = () => screen?.changed()
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
    patienceEnds = setTimeout(() => close(), patience)
    changed()
  }

  /** The agents as they were at the turn that is looked at: the others at the same turn of the same episode. */
  const seen = () => {
    const main = focused()
    const { at } = controls
    const mark = main.history.mark(at)
    return agents.map((agent) => agent.at(agent === main ? at : beside(agent, mark)))
  }
  /** Where another agent's history has that turn; its newest where that is followed. */
  const beside = ({ history }: WatchedAgent, mark: TurnMark | undefined) => {
    if (controls.following || !mark) return history.length - 1
    return Math.max(history.first, history.indexOf(mark.episode, mark.turn))
  }
  const lines = (size: Size) => {
    const { history } = focused()
    return frameOf({
      agents: seen(),
      baseline: options.baseline ?? staticScore(agents),
      controls,
      size,
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

  const onKey = (key: string) => {
    const { history } = focused()
    const { view } = focused().at(controls.at)
    const pressed = press(controls, key, {
      kind,
      marks: history,
      rows: view.decision ? tableOf(view.decision).rows.length : 0,
      page: screen ? storyPage(screen.size(), agents.length) : 1,
      help: screen ? helpSize(screen.size(), agents.length) : { lines: 1, page: 1 },
      validActions: view.validActions,
      policy: view.header?.policy ?? '',
      hasModel: view.header?.prior !== 'lexical',
      isOver: areOver(),
      agents: agents.length,
      canFork: shown.fork !== undefined && agents.length === 1,
    })
    const moved = pressed.controls.focus !== controls.focus
    const mark = history.mark(controls.at)
    controls = pressed.controls
    if (moved) controls = { ...controls, at: beside(focused(), mark) }
    for (const effect of pressed.effects) carryOut(effect)
    changed()
  }
  const carryOut = (effect: Effect) => {
    switch (effect.type) {
      case 'run':
        return send(effect.command)
      case 'leave':
        return leave(effect.how === 'quit' ? 0 : exitCodeOf.SIGINT)
      case 'suspend':
        return screen?.suspend()
      case 'save picture':
        return tell(() => {
          const size = screen?.size()
          const path = size && options.savePicture?.(lines(size), size.columns)
          return path === undefined ? 'Pictures cannot be kept here.' : `Saved as ${path}.`
        })
      case 'fork':
        return tell(() => {
          const forked = shown.fork?.(effect.episode, effect.turn, effect.command)
          if (!forked) return 'This run cannot be played on from here.'
          playOn(forked)
          return `A fork: a run of its own, in ${forked.folder}.`
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
    const { pace } = controls
    controls = { ...initialControls(pace.turnsPerSecond, 'live'), pace: { ...pace, paused: true, rushing: false } }
    void watch(agent, forked).catch(crash)
  }

  const onTurn = (agent: WatchedAgent) => {
    if (!agents.includes(agent)) return
    if (kind === 'live' && agent === focused()) {
      const { history } = agent
      rate.add(1, performance.now())
      if (controls.following) controls = { ...controls, at: history.length - 1 }
      const { pace } = controls
      if (pace.rushing && history.mark(history.length - 1)?.last) {
        controls = { ...controls, pace: { ...pace, rushing: false, paused: true } }
      }
    }
    changed()
  }
  const watch = async (agent = new WatchedAgent(), { run, before }: LiveRun) => {
    if (before) await agent.follow(turns(before, new TurnGate(Infinity)), () => onTurn(agent))
    agent.growing = true
    await agent.follow(run.turns, () => onTurn(agent))
    if (controls.pace.stopping && areOver()) close()
    changed()
  }
  const read = async (agent = new WatchedAgent(), recording: AsyncIterable<RunEvent>) => {
    await agent.follow(turns(recording, new TurnGate(Infinity)), () => onTurn(agent))
    changed()
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
      changed()
    }
  }

  try {
    await onTerminal(options, {
      lines,
      onKey,
      onLeave: leave,
      run: (opened) => {
        screen = opened
        const following =
          shown.kind === 'live'
            ? shown.runs.map((live, index) => watch(agents[index], live))
            : [...shown.recordings.map((recording, index) => read(agents[index], recording)), playBack()]
        return new Promise<void>((resolve, reject) => {
          close = resolve
          crash = reject
          for (const each of following) void each.catch(crash)
        })
      },
    })
  } finally {
    clearTimeout(patienceEnds)
    playback.accept({ type: 'stop' })
    for (const run of runs) run.abandon()
  }
  const { newest } = focused().history
  options.stdout.write(`${closingLines(newest, resume).join('\n')}\n`)
  return { exitCode: agents.some(({ history }) => history.newest.phase === 'failed') ? 1 : exitCode }
}

/** The mean score of the agent that is the static policy, where one plays. */
function staticScore(agents: readonly WatchedAgent[]): number | null {
  const rival = agents.find(({ history }) => history.newest.header?.policy === 'static')
  const scores = rival?.history.newest.scores ?? []
  return agents.length < 2 || scores.length === 0 ? null : meanOf(scores)
}
