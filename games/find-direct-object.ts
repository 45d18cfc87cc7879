import { globalAddresses } from './globals.ts'
import { bring, namedThings, withThingsMoved } from './parser-notes.ts'
import type { Probe } from './probe.ts'
import { addressOf, type DirectObject, examineVerb, type Nouns } from './reach.ts'

const MOST_THINGS = 60

/**
 * Finds the parser's direct object (Infocom's PRSO, Inform's `noun`): what holds the number of a thing that was looked
 * at, for the most things, each put before the player, and no longer after a command about nothing. What still does is
 * a pronoun's (`it`): it has no things of another gender or number, and a passing event takes it. Where the direct object
 * is cleared before the turn is over, as in Trinity's parser, the table of what was meant (P-PRSO) still has it; where
 * there is none, a pronoun is better than nothing. Null where nothing holds anything.
 */
export function findDirectObject(
  probe: Probe,
  words: Omit<Nouns, 'directObject'>,
  player: number,
): DirectObject | null {
  const { vm } = probe.machine
  const nouns = { ...words, directObject: null }
  const room = words.objects.parent(player)
  const places = [false, true].flatMap((isTable) => globalAddresses(vm).map((global) => ({ global, isTable })))
  const held = places.map(() => 0)
  const released = places.map(() => 0)
  withThingsMoved(probe, () => {
    for (const { object, phrase } of namedThings(nouns, player).slice(0, MOST_THINGS)) {
      if (!bring(probe, words.objects, object, room)) continue
      const before = places.map((place) => holds(place, object))
      if (probe.next(`${examineVerb(words.dictionary)} ${phrase}`) === null) continue
      const after = places.map((place, i) => !before[i] && holds(place, object))
      if (probe.next('wait') === null) continue
      places.forEach((place, i) => {
        if (!after[i]) return
        held[i]!++
        if (!holds(place, object)) released[i]!++
      })
    }
  })
  const most = Math.max(...held)
  const mostReleased = Math.max(...released)
  if (most === 0) return null
  return (2 * mostReleased > most ? places[released.indexOf(mostReleased)] : places[held.indexOf(most)]) ?? null

  function holds(place: DirectObject, object: number): boolean {
    const address = addressOf(vm, place)
    return address !== null && vm.m.getUint16(address) === object
  }
}
