interface Range {
  readonly isWhole?: true
  readonly least: number
  readonly most?: number
}

const share: Range = { least: 0, most: 1 }
const notNegative: Range = { least: 0 }
const count: Range = { isWhole: true, least: 0 }
/** Of none there is nothing to play by. */
const countFromOne: Range = { isWhole: true, least: 1 }

/** What the numbers among the parameters of all policies may be, by name; any number where a name is not here. */
const ranges: Readonly<Record<string, Range>> = {
  ...{ k: countFromOne, perEpisode: count, fallTurns: countFromOne, betaEpisodes: countFromOne },
  ...{ leastNeighbours: count, leastMemories: count, proposals: count, trail: count, sweeps: count },
  ...{ shown: countFromOne, kept: countFromOne, trial: count, steps: countFromOne },
  ...{ reflections: countFromOne, episodes: countFromOne },
  ...{ threshold: share, thresholdFall: share, retryThreshold: share, alwaysAbove: share, historyShare: share },
  ...{ gamma: share, decay: share, loopLambda: share, again: share },
  ...{ scaleShare: share, triedShare: share, elsewhereShare: share, verbShare: share, roomShare: share },
  // With the exploration `adaptive` an exponent.
  lambda: notNegative,
  ...{ hopeFade: notNegative, curiosity: notNegative, priorPower: notNegative, backTries: notNegative },
  ...{ likeness: notNegative, wayBack: notNegative, doubt: notNegative },
}

/** What a number must be that a parameter cannot have, such as `a whole number, 1 or more`; null where it can. */
export function rangeMissed(name: string, value: number): string | null {
  const range = ranges[name]
  if (range === undefined) return null
  const { isWhole = false, least, most = Number.POSITIVE_INFINITY } = range
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return null
  const number = isWhole ? 'a whole number' : 'a number'
  return most === Number.POSITIVE_INFINITY ? `${number}, ${least} or more` : `${number} from ${least} to ${most}`
}
