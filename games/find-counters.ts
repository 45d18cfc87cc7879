import type { Calibration, Origin } from './calibration.ts'
import { globalAddresses } from './globals.ts'
import type { Machine, MachineState } from './machine.ts'
import { attempt } from './prompt.ts'
import { isPointless, maximumIn, movesIn, movesOnStatusLine, scoreIn, scoreOnStatusLine } from './score-text.ts'

/** A number that no story has at its start: what is poked into a global to see whether the story prints it. */
const POKE = 7351

type Counters = Pick<Calibration, 'score' | 'moves' | 'maxScore'> & {
  readonly origins: Omit<Calibration['origins'], 'player'>
}

/** A number that a story prints after a command, in its answer or on the status line; null where it does not. */
interface Shown {
  readonly command: string
  readonly read: (answer: string) => number | null
}

/**
 * Score and moves. Version 3 keeps them in globals 1 and 2 (Standard §8.2.3), unless it shows the time. Later stories
 * are asked: `score` prints them, and the global that changes what is printed is the one that holds it.
 */
export function findCounters(machine: Machine, start: MachineState): Counters {
  const { vm } = machine
  machine.load(start)
  const report = attempt(machine, 'score') ?? ''
  const maxScore = maximumIn(report) || null
  const maximum: Origin = maxScore === null ? UNTOLD : { how: '`score` speaks of it', sure: 'likely' }
  const showsTime = (vm.m.getUint8(1) & 2) !== 0
  const [, points, turns] = globalAddresses(vm)
  if (vm.version3 && !showsTime && points !== undefined && turns !== undefined) {
    const origins = { score: BY_STANDARD, moves: BY_STANDARD, maxScore: maximum }
    return { score: { global: points }, moves: turns, maxScore, origins }
  }
  const { moves, origin } = findMoves(machine, start)
  const score = findScore(machine, start)
  const isKept = score.score !== null && 'global' in score.score
  if (isPointless(report) && (maximumIn(report) === 0 || !isKept)) {
    const none: Origin = { how: 'the story says that it gives no points: one for winning', sure: 'certain' }
    return { score: null, moves, maxScore: null, origins: { score: none, maxScore: none, moves: origin } }
  }
  const most = score.score === null ? score.origin : maximum
  return { score: score.score, moves, maxScore, origins: { score: score.origin, maxScore: most, moves: origin } }
}

const BY_STANDARD: Origin = { how: 'where version 3 must keep it (Standard §8.2.3)', sure: 'certain' }
const UNTOLD: Origin = { how: 'the story does not speak of it', sure: 'unknown' }

function findScore(machine: Machine, start: MachineState): { score: Calibration['score']; origin: Origin } {
  const asked: Shown = { command: 'score', read: scoreIn }
  const shown: Shown = { command: 'look', read: () => scoreOnStatusLine(machine.glk.statusRows) }
  for (const [what, where] of [
    [asked, '`score` prints'],
    [shown, 'the status line shows'],
  ] as const) {
    const global = poked(machine, start, what)
    if (global !== null) return { score: { global }, origin: { how: `${where} what is put there`, sure: 'certain' } }
  }
  if (shownAgain(machine, start, asked)) {
    return {
      score: { from: 'answer' },
      origin: { how: '`score` is asked on a snapshot after every turn', sure: 'likely' },
    }
  }
  if (shownAgain(machine, start, shown)) {
    return { score: { from: 'status line' }, origin: { how: 'read from the status line', sure: 'likely' } }
  }
  return {
    score: null,
    origin: { how: 'neither `score` nor the status line shows points: one for winning', sure: 'likely' },
  }
}

function findMoves(machine: Machine, start: MachineState): { moves: number | null; origin: Origin } {
  const asked = poked(machine, start, { command: 'score', read: movesIn })
  if (asked !== null) return { moves: asked, origin: { how: '`score` prints what is put there', sure: 'certain' } }
  const shown = poked(machine, start, { command: 'look', read: () => movesOnStatusLine(machine.glk.statusRows) })
  if (shown !== null)
    return { moves: shown, origin: { how: 'the status line shows what is put there', sure: 'certain' } }
  const counting = countingTurns(machine, start)
  if (counting !== null) return { moves: counting, origin: { how: 'grows by one with every turn', sure: 'guess' } }
  return { moves: null, origin: { how: 'nothing grows by one with every turn', sure: 'unknown' } }
}

/** The first global whose poked value the story prints where it printed its number. */
function poked(machine: Machine, start: MachineState, { command, read }: Shown): number | null {
  const { m, ram } = machine.vm
  machine.load(start)
  const first = attempt(machine, command)
  const shown = first === null ? null : read(first)
  if (shown === null) return null
  for (const address of globalAddresses(machine.vm)) {
    machine.load(start)
    if (Math.abs(m.getInt16(address) - shown) > 1) continue
    ram.setUint16(address, POKE)
    const answer = attempt(machine, command)
    const printed = answer === null ? null : read(answer)
    if (printed === POKE || printed === POKE + 1) return address
  }
  return null
}

/** Whether the number is there whenever it is asked for. */
function shownAgain(machine: Machine, start: MachineState, { command, read }: Shown): boolean {
  machine.load(start)
  return [command, 'wait', command].every((typed) => {
    const answer = attempt(machine, typed)
    return answer !== null && (typed !== command || read(answer) !== null)
  })
}

/** The first global, small at the start, that grows by one with every turn. */
function countingTurns(machine: Machine, start: MachineState): number | null {
  const { m } = machine.vm
  machine.load(start)
  const addresses = globalAddresses(machine.vm).filter((address) => m.getUint16(address) <= 1)
  const values = addresses.map((address) => [m.getUint16(address)])
  for (const command of ['wait', 'look', 'inventory', 'wait']) {
    if (attempt(machine, command) === null) return null
    addresses.forEach((address, i) => {
      values[i]?.push(m.getUint16(address))
    })
  }
  return addresses.find((_, i) => values[i]?.every((value, turn) => value === (values[i]?.[0] ?? 0) + turn)) ?? null
}
