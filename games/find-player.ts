import type { Calibration, Origin } from './calibration.ts'
import { DIRECTIONS } from './command-words.ts'
import { globalAddresses } from './globals.ts'
import type { Machine, MachineState } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import { attempt } from './prompt.ts'

const WALKS_DEEP = 4
const WALKS_WIDE = 3
const ENOUGH_WALKS = 3
const DEPARTURES = ['stand up', 'get up', 'exit', 'leave', 'get out']
/** What gets things going where no way leads on: a dark bedroom, a closed door, a scene that must first end. */
const STIRRING = ['wait', 'stand', 'turn on light', 'open door', 'wake up', 'yes', 'open eyes', 'look']
/** Turns in which no player walks. */
const STAYING = ['wait', 'look']
/** How compilers and authors name the player's object, for stories in which no walk succeeds at first. */
const SELF = /^(?:\(?self object\)?|yourself|you|me|myself|cretin|adventurer|protagonist|player|\(player\))$/i

interface Found {
  readonly player: Calibration['player']
  readonly origin: Origin
}

/**
 * The global that names the player (Infocom's WINNER, Inform's `player`): the one that goes on naming an object which
 * is elsewhere after a walk. Of several objects the one that moved most often, of several globals the first. Stories in
 * which the player changes bodies write to it.
 */
export function findPlayer(machine: Machine, objects: ObjectTable, start: MachineState): Found {
  const votes = new Map<number, number>()
  let walks = 0
  let frontier = [start]
  for (let depth = 0; depth < WALKS_DEEP && Math.max(0, ...votes.values()) < ENOUGH_WALKS; depth++) {
    const next: MachineState[] = []
    for (const from of frontier) {
      // Who roams by himself is elsewhere after every command, the walks that fail among them.
      const roaming = new Set(STAYING.flatMap((command) => movedBy(machine, objects, from, command)))
      for (const command of [...DIRECTIONS, ...DEPARTURES]) {
        const moved = movedBy(machine, objects, from, command).filter((address) => !roaming.has(address))
        if (moved.length === 0) continue
        walks++
        next.push(machine.save())
        for (const address of moved) votes.set(address, (votes.get(address) ?? 0) + 1)
      }
    }
    frontier = (next.length > 0 ? next : stirred(machine, frontier)).slice(0, Math.max(WALKS_WIDE, STIRRING.length))
  }
  const best = [...votes].sort(([a, votesA], [b, votesB]) => votesB - votesA || a - b)[0]
  if (best) {
    const [global, moved] = best
    return {
      player: { global },
      origin: {
        how: `the object it names moved with ${moved} of ${walks} walks`,
        sure: moved > 1 ? 'certain' : 'likely',
      },
    }
  }
  machine.load(start)
  const { m } = machine.vm
  const named = globalAddresses(machine.vm).find((address) => SELF.test(objects.name(m.getUint16(address))))
  if (named === undefined)
    return { player: null, origin: { how: 'no walk succeeded, and no object has such a name', sure: 'unknown' } }
  return {
    player: { global: named },
    origin: { how: `named "${objects.name(m.getUint16(named))}", no walk succeeded`, sure: 'guess' },
  }
}

function stirred(machine: Machine, frontier: readonly MachineState[]): readonly MachineState[] {
  const [from] = frontier
  if (!from) return []
  return STIRRING.flatMap((command) => {
    machine.load(from)
    return attempt(machine, command) === null || machine.input !== 'line' ? [] : machine.save()
  })
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
