import type { Calibration } from './calibration.ts'
import { Dictionary } from './dictionary.ts'
import type { Machine } from './machine.ts'
import { findNoise } from './noise.ts'
import { ObjectTable } from './object-table.ts'
import { Probe } from './probe.ts'
import { findDirectObject, type Nouns } from './reach.ts'
import { readGrammar } from './read-grammar.ts'
import { type Template, templatesOf } from './templates.ts'
import { Vocabulary } from './vocabulary.ts'
import { WorldBytes } from './world-bytes.ts'

/** What is found out about a story once: by reading its tables, and by trying things at its first prompt. */
export interface StoryKnowledge {
  readonly calibration: Calibration
  readonly nouns: Nouns
  readonly templates: readonly Template[]
  readonly world: WorldBytes
}

/** The player's object as the machine has it now; 0 where it is not known. */
export function playerOf(machine: Machine, calibration: Calibration, objects: ObjectTable): number {
  const object = calibration.player === null ? 0 : machine.vm.m.getUint16(calibration.player)
  return object <= objects.count ? object : 0
}

/** Learns the story from a machine at its first prompt, which is left there. */
export function learnStory(machine: Machine, calibration: Calibration): StoryKnowledge {
  const { vm } = machine
  const objects = new ObjectTable(vm)
  const dictionary = new Dictionary(vm)
  const grammar = readGrammar(vm, dictionary)
  const vocabulary = new Vocabulary(vm, objects, dictionary, grammar)
  const templates = templatesOf(grammar)
  const origin = machine.save().ram
  const everything = new WorldBytes(machine, objects, origin, new Set())
  const player = playerOf(machine, calibration, objects)
  return Probe.run(machine, everything, (probe) => {
    const words = { objects, dictionary, grammar, vocabulary }
    const nouns: Nouns = { ...words, directObject: findDirectObject(probe, words, player) }
    const noise = findNoise(probe, nouns, templates, () => playerOf(machine, calibration, objects))
    return { calibration, nouns, templates, world: new WorldBytes(machine, objects, origin, noise) }
  })
}
