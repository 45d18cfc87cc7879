import type { Calibration } from './calibration.ts'
import { Dictionary } from './dictionary.ts'
import { findDirectObject } from './find-direct-object.ts'
import type { Machine } from './machine.ts'
import { findNoise } from './noise.ts'
import { ObjectTable } from './object-table.ts'
import { findParserNotes } from './parser-notes.ts'
import { Probe } from './probe.ts'
import { enter } from './prompt.ts'
import { type DirectObject, type Nouns, roomOf } from './reach.ts'
import { readGrammar } from './read-grammar.ts'
import { readScenery } from './scenery.ts'
import { findStates, type States } from './states.ts'
import { type Template, templatesOf } from './templates.ts'
import { Vocabulary } from './vocabulary.ts'
import { arraysMask, WorldBytes, wholeMask, worldMask } from './world-bytes.ts'

/** The part of it that takes long: where the parser leaves its direct object, what is no world, what it is to be open. */
export interface Learned {
  readonly directObject: DirectObject | null
  readonly noise: readonly number[]
  /** Bytes of tables and arrays that commands write to wherever they are given: buffers, clocks. */
  readonly scratch: readonly number[]
  readonly states: States
}

/** What is found out about a story once: by reading its tables, and by trying things at its first prompt. */
export interface StoryKnowledge {
  readonly learned: Learned
  readonly calibration: Calibration
  readonly nouns: Nouns
  readonly templates: readonly Template[]
  readonly world: WorldBytes
  /** Tables and arrays of the story's own that commands near the opening leave alone. */
  readonly arrays: WorldBytes
  /** All of dynamic memory but the header. */
  readonly memory: WorldBytes
}

/** The player's object as the machine has it now; 0 where it is not known. */
export function playerOf(machine: Machine, { player }: Calibration, objects: ObjectTable): number {
  if (player === null) return 0
  const object = 'global' in player ? machine.vm.m.getUint16(player.global) : player.object
  return object <= objects.count ? object : 0
}

/**
 * Learns the story from a machine at its first prompt, which is left at the first that takes any command. `known`: what
 * was learnt before, so that nothing needs to be tried.
 */
export function learnStory(machine: Machine, calibration: Calibration, known: Learned | null): StoryKnowledge {
  const { vm } = machine
  for (const answer of calibration.opening) enter(machine, answer)
  const objects = new ObjectTable(vm)
  const dictionary = new Dictionary(vm)
  const grammar = readGrammar(vm, dictionary)
  const vocabulary = new Vocabulary(vm, objects, dictionary, grammar)
  const templates = templatesOf(grammar, dictionary)
  const origin = machine.save().ram
  const rooms = objects.parent(roomOf(objects, playerOf(machine, calibration, objects)))
  const scenery = grammar.source === 'infocom' ? readScenery(vm, objects, rooms) : new Map()
  const words = { objects, dictionary, grammar, vocabulary, scenery }
  const bytes = (mask: Uint8Array) => new WorldBytes(machine, mask, origin)
  const learned = known ?? tryThings()
  return {
    learned,
    calibration,
    nouns: { ...words, directObject: learned.directObject },
    templates,
    world: bytes(worldMask(machine, objects, learned.noise)),
    arrays: bytes(arraysMask(machine, objects, learned.scratch)),
    memory: bytes(wholeMask(machine)),
  }

  function tryThings(): Learned {
    const world = bytes(worldMask(machine, objects, []))
    const arrays = bytes(arraysMask(machine, objects, []))
    const player = playerOf(machine, calibration, objects)
    return Probe.run(machine, world, (probe) => {
      const directObject = findDirectObject(probe, words, player)
      const nouns: Nouns = { ...words, directObject }
      const noise = findNoise(probe, nouns, templates, () => playerOf(machine, calibration, objects), arrays)
      const notes = findParserNotes(probe, nouns, templates, player)
      const states = findStates(probe, nouns, player)
      const all = ascending(new Set([...noise.world, ...notes]))
      return { directObject, noise: all, scratch: ascending(noise.arrays), states }
    })
  }
}

function ascending(addresses: ReadonlySet<number>): readonly number[] {
  return [...addresses].sort((a, b) => a - b)
}
