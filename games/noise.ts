import type { Machine } from './machine.ts'
import type { ObjectTable } from './object-table.ts'
import type { Probe } from './probe.ts'
import { type Nouns, phrases, type Thing } from './reach.ts'
import type { Template } from './templates.ts'

const GLOBALS = 240

/** Commands after which the world is as it was: what they leave in globals is time, dice and the parser's notes. */
const NEUTRAL = ['look', 'wait', 'inventory', '', 'zzyzx', 'examine zzyzx', 'take zzyzx', 'examine me', 'put', 'unlock']
/** A global that so many actions write to, none of which moved a thing, belongs to the parser. */
const FEW_ACTIONS = 3

const MOST_THINGS = 8
const WALKS = ['north', 'south', 'east', 'west', 'up', 'down', 'in', 'out']

/** How many filled templates are played to see what a command leaves for one turn only. */
const MOST_SAMPLES = 150

/**
 * Addresses of bytes that are no part of the world: those that commands without an effect change, those that are
 * back, one idle turn after a command, to what they are without it, and those that name whatever a command named.
 */
export function findNoise(
  probe: Probe,
  nouns: Nouns,
  templates: readonly Template[],
  things: readonly Thing[],
  player: number,
): Set<number> {
  const { objects } = nouns
  const noise = new Set<number>()
  const { machine } = probe
  const mark = (address: number) => noise.add(address).add(address + 1)
  // Infocom's parser also flags the player's own object while it searches.
  const flags = objects.attributeAddresses(player)
  const readFlags = () => flags.map((address) => machine.vm.m.getUint8(address))
  // Also by their longer names: the parser notes the adjectives apart.
  const names = things.slice(0, MOST_THINGS).flatMap(({ object, phrase }) => [phrase, ...phrases(nouns, object)])
  const neutral = [...NEUTRAL, ...names.map((name) => `examine ${name}`)]
  for (const walk of ['', ...WALKS]) {
    probe.back()
    const tree = treeOf(objects)
    if (walk !== '') {
      if (probe.next(walk) === null || treeOf(objects) === tree) continue
    }
    const here = machine.save()
    const before = readGlobals(machine)
    const flagged = readFlags()
    for (const command of neutral) {
      machine.load(here)
      if (probe.next(command) === null) continue
      readGlobals(machine).forEach((value, i) => {
        if (value !== before[i]) mark(machine.vm.globals + 2 * i)
      })
      readFlags().forEach((value, i) => {
        if (value !== flagged[i]) noise.add(flags[i] ?? 0)
      })
    }
  }
  const following = new Map<number, Set<number>>()
  const idlers = new Map<number, number>()
  for (const { command, objects: named } of samples(templates, things)) {
    probe.back()
    probe.next('look')
    const idle = readGlobals(machine)
    const tree = objects.entryBytes()
    if (probe.play(command) === null) continue
    const after = readGlobals(machine)
    const nothingMoved = Buffer.compare(tree, objects.entryBytes()) === 0
    if (probe.next('look') === null) continue
    const settled = readGlobals(machine)
    for (const [i, value] of after.entries()) {
      if (value === idle[i]) continue
      const address = machine.vm.globals + 2 * i
      if (settled[i] === idle[i]) mark(address)
      if (nothingMoved) idlers.set(address, (idlers.get(address) ?? 0) + 1)
      if (named.includes(value)) following.set(address, (following.get(address) ?? new Set()).add(value))
    }
  }
  for (const [address, times] of idlers) if (times >= FEW_ACTIONS) mark(address)
  for (const [address, seen] of following) if (seen.size > 1) mark(address)
  probe.back()
  return noise
}

interface Sample {
  readonly command: string
  readonly objects: readonly number[]
}

/** Forms with one and two things, each time others, so that the parser's notes of them are told from what they did. */
function samples(templates: readonly Template[], things: readonly Thing[]): readonly Sample[] {
  const all = templates.filter(({ slots }) => slots.length > 0)
  return all.slice(0, MOST_SAMPLES).flatMap((template, i) => {
    const used = template.slots.map((_, j) => things[(i + j) % things.length])
    if (used.some((thing) => thing === undefined)) return []
    const words = used.values()
    const command = template.parts.map((part) => (typeof part === 'string' ? part : (words.next().value?.phrase ?? '')))
    return { command: command.join(' '), objects: used.map((thing) => thing?.object ?? 0) }
  })
}

function readGlobals({ vm }: Machine): number[] {
  return Array.from({ length: GLOBALS }, (_, i) => vm.m.getUint16(vm.globals + 2 * i))
}

function treeOf(objects: ObjectTable): string {
  return Array.from({ length: objects.count }, (_, i) => objects.parent(i + 1)).join()
}
