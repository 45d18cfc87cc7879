import { DIRECTIONS } from './command-words.ts'
import { globalAddresses } from './globals.ts'
import type { Machine, MachineState } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import { enter, withoutPrompt } from './prompt.ts'

/** Where a story keeps what the player is told, found by trying and not by tables of titles. */
export interface Calibration {
  /** Addresses of globals, or null where none was found. `player` holds the number of the player's object. */
  readonly player: number | null
  readonly score: number | null
  readonly moves: number | null
  readonly maxScore: number | null
}

/** What gets a player moving where no direction does. */
const WALKS_DEEP = 3
const WALKS_WIDE = 3
const ENOUGH_WALKS = 3
/** How compilers and authors name the player's object, for stories in which no walk succeeds at first. */
const SELF = /^(?:\(?self object\)?|yourself|you|me|myself|cretin|adventurer)$/i
const DEPARTURES = ['stand up', 'get up', 'exit', 'leave', 'get out']

/** Numbers that no story has at its start: what is poked into a global to see whether the story prints it. */
const POKE = 7351

/** A story whose globals were written to may loop; an honest `score` or walk takes a hundredth of this. */
const POKED_FUEL = 100_000

/** Tries things from the state the machine is in, and leaves it in that state. */
export function calibrate(machine: Machine, objects: ObjectTable): Calibration {
  const start = machine.save()
  const { keepsUndo, fuel } = machine
  machine.keepsUndo = false
  machine.fuel = POKED_FUEL
  try {
    const player = findPlayer(machine, objects, start)
    return { player, ...findCounters(machine, start) }
  } finally {
    machine.load(start)
    machine.glk.takeText()
    machine.keepsUndo = keepsUndo
    machine.fuel = fuel
  }
}

/**
 * The global that names the player (Infocom's WINNER, Inform's `player`): the one that goes on naming an object which
 * is elsewhere after a walk. Of several objects the one that moved most often, of several globals the first. Stories in
 * which the player changes bodies write to it.
 */
function findPlayer(machine: Machine, objects: ObjectTable, start: MachineState): number | null {
  const votes = new Map<number, number>()
  let frontier = [start]
  for (let depth = 0; depth < WALKS_DEEP && Math.max(0, ...votes.values()) < ENOUGH_WALKS; depth++) {
    const next: MachineState[] = []
    for (const from of frontier) {
      for (const command of [...DIRECTIONS, ...DEPARTURES]) {
        const moved = movedBy(machine, objects, from, command)
        if (moved.length > 0) next.push(machine.save())
        for (const address of moved) votes.set(address, (votes.get(address) ?? 0) + 1)
      }
    }
    frontier = next.slice(0, WALKS_WIDE)
  }
  const best = [...votes].sort(([a, votesA], [b, votesB]) => votesB - votesA || a - b)[0]
  if (best) return best[0]
  machine.load(start)
  return globalAddresses(machine.vm).find((address) => SELF.test(objects.name(machine.vm.m.getUint16(address)))) ?? null
}

/** Addresses of the globals that name the same object before and after the command, while that object moved. */
function movedBy(machine: Machine, objects: ObjectTable, from: MachineState, command: string): number[] {
  machine.load(from)
  const { m } = machine.vm
  const held = globalAddresses(machine.vm).map((address) => ({ address, object: m.getUint16(address) }))
  const before = held.map(({ object }) => parentOf(objects, object))
  if (attempt(machine, command) === null) return []
  return held.flatMap(({ address, object }, i) => {
    const to = parentOf(objects, object)
    return m.getUint16(address) === object && to !== 0 && to !== before[i] && before[i] !== 0 ? address : []
  })
}

function parentOf(objects: ObjectTable, object: number): number {
  return object > 0 && object <= objects.count ? objects.parent(object) : 0
}

/**
 * Score and moves. Version 3 keeps them in globals 1 and 2 (Standard §8.2.3), unless it shows the time. Later stories
 * are asked: `score` prints them, and the global that changes what is printed is the one that holds it.
 */
function findCounters(machine: Machine, start: MachineState): Pick<Calibration, 'score' | 'moves' | 'maxScore'> {
  const { vm } = machine
  machine.load(start)
  const report = attempt(machine, 'score') ?? ''
  const maxScore = readMaxScore(report)
  const showsTime = vm.version3 && (vm.m.getUint8(1) & 2) !== 0
  if (vm.version3 && !showsTime) return { score: vm.globals + 2, moves: vm.globals + 4, maxScore }
  const status = machine.glk.statusRows.join(' ')
  const readStatus = () => machine.glk.statusRows.join(' ')
  const asked: Source = { text: /scor|point/i.test(report) ? report : '', command: 'score', read: (text) => text }
  const shown: Source = { text: status, command: 'look', read: readStatus }
  const score = poked(machine, start, asked, /(-?\d+)/) ?? poked(machine, start, shown, STATUS_SCORE)
  const moves =
    poked(machine, start, asked, /\b(?:in|after)\s+(\d+)\s+(?:turn|move)/i) ??
    poked(machine, start, shown, STATUS_MOVES) ??
    countingTurns(machine, start, score)
  return { score, moves, maxScore }
}

/** "Score: 10  Moves: 5" and "10/5" as stories write them at the end of the status line (Standard §8.2). */
const STATUS_SCORE = /(?:score:?\s*(-?\d+)|(-?\d+)\s*\/\s*\d+\s*$)/i
const STATUS_MOVES = /(?:(?:moves|turns):?\s*(\d+)|-?\d+\s*\/\s*(\d+)\s*$)/i

interface Source {
  readonly text: string
  readonly command: string
  /** Where the number stands after the command was played: in its answer, or on the status line. */
  readonly read: (answer: string) => string
}

/** The first global whose poked value the story prints where it printed the number that `pattern` finds. */
function poked(machine: Machine, start: MachineState, source: Source, pattern: RegExp): number | null {
  const { m, ram } = machine.vm
  const numberIn = (text: string) => pattern.exec(text)?.slice(1).find(Boolean)
  const shown = numberIn(source.text)
  if (shown === undefined) return null
  for (const address of globalAddresses(machine.vm)) {
    machine.load(start)
    if (Math.abs(m.getInt16(address) - Number(shown)) > 1) continue
    ram.setUint16(address, POKE)
    const answer = attempt(machine, source.command)
    const printed = answer === null ? undefined : numberIn(source.read(answer))
    if (printed === String(POKE) || printed === String(POKE + 1)) return address
  }
  return null
}

/** Where neither tells: the first global, small at the start, that grows by one with every turn. */
function countingTurns(machine: Machine, start: MachineState, score: number | null): number | null {
  const { m } = machine.vm
  machine.load(start)
  const addresses = globalAddresses(machine.vm).filter((address) => address !== score && m.getUint16(address) <= 1)
  const values = addresses.map((address) => [m.getUint16(address)])
  for (const command of ['wait', 'look', 'inventory', 'wait']) {
    if (attempt(machine, command) === null) return null
    addresses.forEach((address, i) => {
      values[i]?.push(m.getUint16(address))
    })
  }
  return addresses.find((_, i) => values[i]?.every((value, turn) => value === (values[i]?.[0] ?? 0) + turn)) ?? null
}

/** "… out of a possible 350", "(total of 350 points)", "0/100". */
function readMaxScore(text: string): number | null {
  const found = /\b(?:out of|of|total of|maximum of)\s+(?:a\s+)?(?:possible\s+|maximum\s+|total\s+)?(\d+)/i.exec(text)
  return found ? Number(found[1]) : null
}

/** Plays a command and returns what it printed, or null where the story cannot go on from it. */
function attempt(machine: Machine, command: string): string | null {
  try {
    return machine.input === 'line' ? withoutPrompt(enter(machine, command)) : null
  } catch {
    return null
  }
}
