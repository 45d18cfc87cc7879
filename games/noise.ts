import { readGlobals } from './globals.ts'
import type { MachineState } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import type { Probe } from './probe.ts'
import { type Nouns, phrases, type Thing, thingsInReach } from './reach.ts'
import type { Template } from './templates.ts'
import type { WorldBytes } from './world-bytes.ts'

/** Commands after which the world is as it was: what they leave in globals is time, dice and the parser's notes. */
const NEUTRAL = ['look', 'wait', 'inventory', '', 'zzyzx', 'examine zzyzx', 'take zzyzx', 'examine me', 'put', 'unlock']
const WALKS = ['take all', 'north', 'south', 'east', 'west', 'up', 'down', 'in', 'out']

/** Places near the opening, and the same with hands full, in which things are tried: each has other kinds of things. */
const MOST_PLACES = 12
const MOST_THINGS = 6

/** A global that so many actions write to, none of which moved a thing, belongs to the parser. */
const MANY_ACTIONS = 3

/** What samples showed of one global, over all places. */
interface Suspicion {
  /** Forms that wrote to it without moving anything. */
  readonly idleForms: Set<number>
  /** Objects that a command named and it then named too. */
  readonly followed: Set<number>
}

/** What near the opening shows to be no part of the world. */
export interface Noise {
  /** Addresses of globals, and of attributes of the player. */
  readonly world: ReadonlySet<number>
  /** Addresses in tables and arrays that commands write to wherever they are given: buffers, clocks. */
  readonly arrays: ReadonlySet<number>
}

/**
 * Addresses of bytes that are no part of the world: those that commands without an effect change, those that are back,
 * one idle turn after a command, to what they are without it, those that many actions write to without moving a thing,
 * and those that name whatever a command named.
 */
export function findNoise(
  probe: Probe,
  nouns: Nouns,
  templates: readonly Template[],
  playerOf: () => number,
  arrays: WorldBytes,
): Noise {
  const noise = new Set<number>()
  const written = new Set<number>()
  const writers = new Map<number, Sample[]>()
  const suspicions = new Map<number, Suspicion>()
  for (const place of placesNearby(probe, nouns.objects)) {
    probe.machine.load(place)
    const here = probe.from(place)
    const before = arrays.capture(probe.machine)
    const changed = () => arrays.difference(probe.machine, before).map((change) => change >>> 8)
    here.afterwards = () => {
      for (const address of changed()) written.add(address)
    }
    const player = playerOf()
    const texts = ['look', 'inventory'].flatMap((command) => here.play(command)?.text ?? [])
    const things = thingsInReach(here, nouns, player, texts).slice(0, MOST_THINGS)
    markNeutral(here, nouns, things, player, noise)
    // What these write to may be the world: a switch that one of them throws.
    here.afterwards = () => {}
    suspect(here, nouns, samples(templates, things), noise, suspicions, (sample) => {
      for (const address of changed())
        if (!written.has(address)) writers.set(address, [...(writers.get(address) ?? []), sample])
    })
  }
  for (const [address, all] of writers) if (isOfMany(all)) written.add(address)
  for (const [address, { idleForms, followed }] of suspicions) {
    if (idleForms.size >= MANY_ACTIONS || followed.size > 1) mark(noise, address)
  }
  probe.back()
  return { world: noise, arrays: written }
}

/** The opening, and the places a few steps from it, nearest first. */
function placesNearby(probe: Probe, objects: ObjectTable): readonly MachineState[] {
  const places = [probe.start]
  const seen = new Set([treeOf(objects)])
  for (const from of places) {
    for (const walk of WALKS) {
      if (places.length >= MOST_PLACES) return places
      probe.back()
      probe.machine.load(from)
      if (probe.next(walk) === null || probe.machine.input !== 'line') continue
      const tree = treeOf(objects)
      if (!seen.has(tree)) places.push(probe.machine.save())
      seen.add(tree)
    }
  }
  return places
}

function markNeutral(probe: Probe, nouns: Nouns, things: readonly Thing[], player: number, noise: Set<number>): void {
  const { machine } = probe
  // Also by their longer names: the parser notes the adjectives apart.
  const names = things.flatMap(({ object, phrase }) => [phrase, ...phrases(nouns, object)])
  // Infocom's parser also flags the player's own object while it searches.
  const flags = nouns.objects.attributeAddresses(player)
  const readFlags = () => flags.map((address) => machine.vm.m.getUint8(address))
  // Inform 6's library keeps such notes in individual properties too: how many words were typed. What looking at a thing
  // leaves in a common one is the world's, but not what time does: what is left of a timer.
  const { end, propertiesEnd } = nouns.objects
  const length = Math.max(machine.vm.globals, propertiesEnd) - end
  const readProperties = () => {
    const { buffer, byteOffset } = machine.vm.ram
    return new Uint8Array(buffer, byteOffset + end, length).slice()
  }
  probe.back()
  const before = readGlobals(machine.vm)
  const flagged = readFlags()
  const properties = readProperties()
  for (const command of [...NEUTRAL, ...names.map((name) => `examine ${name}`)]) {
    if (probe.play(command) === null) continue
    readGlobals(machine.vm).forEach((value, i) => {
      if (value !== before[i]) mark(noise, machine.vm.globals + 2 * i)
    })
    readFlags().forEach((value, i) => {
      if (value !== flagged[i]) noise.add(flags[i] ?? 0)
    })
    const isTime = NEUTRAL.includes(command)
    readProperties().forEach((value, i) => {
      if (value !== properties[i] && (isTime || end + i >= propertiesEnd)) noise.add(end + i)
    })
  }
}

function suspect(
  probe: Probe,
  { objects, dictionary }: Nouns,
  commands: readonly Sample[],
  noise: Set<number>,
  suspicions: Map<number, Suspicion>,
  played: (sample: Sample) => void,
): void {
  const { machine } = probe
  probe.play('look')
  const idle = readGlobals(machine.vm)
  const idleEntries = objects.entryBytes()
  for (const sample of commands) {
    const { command, form, objects: named } = sample
    if (probe.play(command) === null) continue
    played(sample)
    const after = readGlobals(machine.vm)
    const nothingMoved = Buffer.compare(idleEntries, objects.entryBytes()) === 0
    if (probe.next('look') === null) continue
    const settled = readGlobals(machine.vm)
    // What holds a word that was typed, by its address in the dictionary.
    const words = new Set(command.split(' ').map((word) => dictionary.find(word)?.address))
    for (const [i, value] of after.entries()) {
      if (value === idle[i]) continue
      const address = machine.vm.globals + 2 * i
      if (settled[i] === idle[i] || words.has(value)) mark(noise, address)
      const suspicion = suspicions.get(address) ?? { idleForms: new Set(), followed: new Set() }
      suspicions.set(address, suspicion)
      if (nothingMoved) suspicion.idleForms.add(form)
      if (named.includes(value)) suspicion.followed.add(value)
    }
  }
}

interface Sample {
  readonly command: string
  readonly form: number
  readonly objects: readonly number[]
}

/** Forms with one and two things, each time others, so that the parser's notes of them are told from what they did. */
function samples(templates: readonly Template[], things: readonly Thing[]): readonly Sample[] {
  return templates.flatMap((template, form) => {
    const used = template.slots.map((_, j) => things[(form + j) % things.length])
    if (used.length === 0 || used.some((thing) => thing === undefined)) return []
    const words = used.values()
    const command = template.parts.map((part) => (typeof part === 'string' ? part : (words.next().value?.phrase ?? '')))
    return { command: command.join(' '), form, objects: used.map((thing) => thing?.object ?? 0) }
  })
}

/** Whether commands of many forms are not all about one thing. */
function isOfMany([first, ...others]: readonly Sample[]): boolean {
  const forms = new Set([first, ...others].map((sample) => sample?.form))
  const isCommon = (object: number) => others.every(({ objects }) => objects.includes(object))
  return forms.size >= MANY_ACTIONS && !first?.objects.some(isCommon)
}

function mark(noise: Set<number>, global: number): void {
  noise.add(global).add(global + 1)
}

function treeOf(objects: ObjectTable): string {
  return Array.from({ length: objects.count }, (_, i) => objects.parent(i + 1)).join()
}
