import type { Protocol } from './protocol.ts'

/** A number from elsewhere to hold the curves against. */
export interface Ceiling {
  readonly label: string
  /** Of the very story file; SHA-256 as in the protocol. */
  readonly sha256: string
  /** In points. */
  readonly score: number
  /** Turns of an episode at most; null where unknown, or where there were no episodes. */
  readonly stepLimit: number | null
  /** Episodes that a mean was taken over; null for what is no mean over episodes. */
  readonly episodes: number | null
  /** How it came about, beside the number wherever it is shown. */
  readonly protocol: string
}

const GEMINI =
  'Gemini 2.5 Flash, 50 episodes × 60 steps, mean over episodes, Jericho’s fixed game seed, no list of valid commands, one run without interval (arXiv 2601.18510)'
const XTX = 'XTX (Tuyls et al. 2022), 800,000 training steps, game-specific training'

const ZORK1 = '158f1f63b1302591bbce30e1ec23b17909d2a66e39403ed14593a75280b1e7f9'
const LIBRARY = 'df82748cb949801c336b7765310165a4e292a191685bdba54b67f2b29f6d23ff'
const ZORK3 = '62ced461c650265ea55b17e7f0e368724e0b43bf92af6f1a3d566e82c7608be2'

function ofPaper(sha256: string, score: number): Ceiling {
  return { label: 'JitRL, paper', sha256, score, stepLimit: 60, episodes: 50, protocol: GEMINI }
}

function ofXtx(sha256: string, score: number): Ceiling {
  return { label: 'XTX', sha256, score, stepLimit: null, episodes: null, protocol: XTX }
}

/** Published results, on the story files of the Jericho suite. */
export const publishedCeilings: readonly Ceiling[] = [
  ofPaper(ZORK1, 53.0),
  ofPaper(LIBRARY, 25.9),
  ofPaper(ZORK3, 3.1),
  ofXtx(ZORK1, 103.4),
  ofXtx(LIBRARY, 27.3),
  ofXtx(ZORK3, 4.2),
]

/** Why a ceiling may not be drawn among these curves; null where it may. */
export function whyNotComparable({ stepLimit, episodes }: Ceiling, protocol: Protocol): string | null {
  if (stepLimit === null) return 'not played in episodes of a known length'
  if (stepLimit !== protocol.stepLimit) return `episodes of ${stepLimit} steps, here ${protocol.stepLimit}`
  if (episodes !== null && episodes !== protocol.finished) return `${episodes} episodes, here ${protocol.finished}`
  return null
}

export interface SortedCeilings {
  readonly drawn: readonly Ceiling[]
  readonly left: readonly (Ceiling & { readonly reason: string })[]
}

/** Those of this story, apart by whether the protocol allows the comparison. */
export function ceilingsFor(protocol: Protocol, ceilings: readonly Ceiling[]): SortedCeilings {
  const judged = ceilings
    .filter(({ sha256 }) => sha256 === protocol.sha256)
    .map((ceiling) => ({ ...ceiling, reason: whyNotComparable(ceiling, protocol) }))
  return {
    drawn: judged.filter(({ reason }) => reason === null),
    left: judged.flatMap(({ reason, ...ceiling }) => (reason === null ? [] : [{ ...ceiling, reason }])),
  }
}
