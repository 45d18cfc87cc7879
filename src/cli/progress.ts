import type { RunEvent } from '../../harness/index.ts'

/** How far one or more runs, one after another, have come; told on stderr so that stdout holds results alone. */
export interface Progress {
  /** `label` says which run it is: `jitrl, seed 2`. */
  take(label: string, event: RunEvent): void
  /** Takes the bar off the terminal. */
  end(): void
}

export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const BAR = 20
/** Milliseconds between two pictures of the bar, and between two lines where there is no terminal. */
const PACE = { bar: 100, lines: 10_000 } as const

/** `runs` of `episodes` each; what an earlier start has played of them does not count for the time that is left. */
export function openProgress(
  stream: ProgressStream,
  runs: number,
  episodes: number,
  now: () => number = () => performance.now(),
): Progress {
  const total = runs * episodes
  const start = now()
  const pace = stream.isTTY ? PACE.bar : PACE.lines
  let finishedRuns = 0
  let skipped = 0
  let fresh = false
  let stepLimit = 1
  let episode = 0
  let turn = 0
  let lastScore: number | null = null
  let shown = start
  let barLength = 0

  /** Episodes behind us, this one in part. */
  const position = () => finishedRuns * episodes + Math.max(0, episode - 1) + turn / stepLimit
  const line = (label: string) => {
    const played = position() - skipped
    const left = played > 0 ? ((now() - start) / played) * (total - position()) : null
    return [
      `${label}: episode ${episode} of ${episodes}`,
      `turn ${turn} of ${stepLimit}`,
      ...(lastScore === null ? [] : [`last score ${lastScore}`]),
      ...(left === null ? [] : [`about ${duration(left)} left`]),
    ].join(', ')
  }
  const show = (label: string) => {
    if (now() - shown < pace) return
    shown = now()
    if (!stream.isTTY) {
      stream.write(`${line(label)}\n`)
      return
    }
    const filled = Math.round((BAR * position()) / total)
    const text = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${line(label)}`.slice(
      0,
      (stream.columns ?? 80) - 1,
    )
    stream.write(`\r${text.padEnd(barLength)}`)
    barLength = text.length
  }

  return {
    take(label, event) {
      switch (event.type) {
        case 'run-started':
          stepLimit = event.config.stepLimit
          episode = 0
          turn = 0
          lastScore = null
          fresh = true
          break
        case 'episode-started':
          if (fresh) skipped += event.episode - 1
          fresh = false
          episode = event.episode
          turn = 0
          break
        case 'stepped':
          turn = event.turn
          show(label)
          break
        case 'episode-ended':
          turn = stepLimit
          lastScore = event.score
          break
        case 'run-ended':
          if (fresh) skipped += episodes
          finishedRuns += 1
          episode = 0
          turn = 0
          break
      }
    },
    end() {
      if (barLength > 0) stream.write(`\r${' '.repeat(barLength)}\r`)
    },
  }
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
