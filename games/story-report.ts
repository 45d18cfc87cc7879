import type { Origin } from './calibration.ts'
import { Dictionary } from './dictionary.ts'
import { Machine } from './machine.ts'
import { ObjectTable } from './object-table.ts'
import { readGrammar } from './read-grammar.ts'
import { readStoryFile, type StoryFile } from './story-file.ts'
import { type OpenOptions, openEnvironment } from './z-machine-environment.ts'

type Fact<Value> = Origin & { readonly value: Value }

/** What a story file is, and what was found out about it: `grue games info`. */
export interface StoryReport {
  readonly id: string
  readonly title: string
  readonly version: StoryFile['version']
  readonly release: number
  readonly serial: string
  readonly sha256: string
  /** Bytes without padding. */
  readonly length: number
  readonly checksumOk: boolean
  readonly dictionary: { readonly words: number; readonly significantLetters: number }
  readonly grammar: { readonly source: string; readonly verbs: number; readonly forms: number }
  readonly objects: number
  /** Answers to what the story asks before it takes commands. */
  readonly openingAnswers: readonly string[]
  /** At the first prompt that takes any command. */
  readonly player: Fact<string | null>
  readonly location: Fact<string | null>
  readonly score: Fact<number | null>
  readonly maxScore: Fact<number | null>
  readonly moves: Fact<number | null>
}

/** Throws as `openEnvironment` does. */
export function reportStory(bytes: Uint8Array, options: OpenOptions = {}): StoryReport {
  const file = readStoryFile(bytes)
  const environment = openEnvironment(bytes, options)
  const { story, calibration } = environment
  const { opening, origins } = calibration
  let { observation } = environment.reset()
  for (const answer of opening) observation = environment.step(answer).observation
  const { vm } = new Machine(file.bytes, 0)
  const dictionary = new Dictionary(vm)
  const grammar = readGrammar(vm, dictionary)
  const { location, score, moves } = observation
  const { version, release, serial, sha256, length, checksumOk } = file
  const whence: Origin =
    calibration.player === null && version === 3
      ? { how: 'where version 3 must keep it (Standard §8.2.2)', sure: 'certain' }
      : { how: 'what the player is in', sure: origins.player.sure }
  return {
    ...{ id: story.id, title: story.title, version, release, serial, sha256, length, checksumOk },
    dictionary: { words: dictionary.words.length, significantLetters: dictionary.wordLength },
    grammar: {
      source: grammar.source,
      verbs: grammar.verbs.length,
      forms: grammar.verbs.reduce((sum, { lines }) => sum + lines.length, 0),
    },
    objects: new ObjectTable(vm).count,
    openingAnswers: opening,
    player: { value: environment.world().player?.name ?? null, ...origins.player },
    location: { value: location, ...whence },
    score: { value: score, ...origins.score },
    maxScore: { value: story.maxScore, ...origins.maxScore },
    moves: { value: moves, ...origins.moves },
  }
}
