import { createHash } from 'node:crypto'
import type { ActionCache } from './action-cache.ts'
import { type Calibration, calibrate } from './calibration.ts'
import { type Ending, isVictory, readEnding, type Standing, standingAt } from './ending.ts'
import type {
  Environment,
  Observation,
  SearchOptions,
  Snapshot,
  StoryInfo,
  Timestep,
  ValidActions,
  World,
} from './environment.ts'
import { Foresight } from './foresight.ts'
import { globalAddresses } from './globals.ts'
import { searchKeys } from './key-prompt.ts'
import { Machine, type MachineState } from './machine.ts'
import { ObjectTable } from './object-table.ts'
import { passKeys } from './opening-keys.ts'
import { type Override, overridden } from './overrides.ts'
import { Probe } from './probe.ts'
import { attempt, enter, withoutPrompt } from './prompt.ts'
import { RememberedActions } from './remembered-actions.ts'
import { sayable } from './sayings.ts'
import { scoreIn, scoreOnStatusLine } from './score-text.ts'
import type { Findings, StoryCache } from './story-cache.ts'
import { readStoryFile } from './story-file.ts'
import { learnStory, playerOf, type StoryKnowledge } from './story-knowledge.ts'
import { searchActions } from './valid-actions.ts'
import { WorldHash } from './world-hash.ts'

export interface OpenOptions {
  readonly id?: string
  readonly title?: string
  /** Where what was found out about stories is kept; without it, everything is found out again. */
  readonly cache?: StoryCache
  /** By the story's SHA-256. */
  readonly overrides?: Readonly<Record<string, Override>>
}

/** Opens a story file. Throws `StoryFileError` for what is none, `StoryFault` where it cannot reach its first prompt. */
export function openEnvironment(bytes: Uint8Array, options: OpenOptions = {}): ZMachineEnvironment {
  return new ZMachineEnvironment(bytes, options)
}

/** A snapshot of another story was given to an environment, or one that is none any more, as after JSON. */
export class ForeignSnapshotError extends Error {
  override name = 'ForeignSnapshotError'
}

interface EnvironmentState extends Snapshot {
  readonly machine: MachineState
  readonly last: Last
}

interface Learning {
  readonly knowledge: StoryKnowledge
  readonly remembered: RememberedActions
}

/** What the previous turn left behind that the machine's memory does not hold. */
interface Last {
  readonly text: string
  /** The same since the last line was typed: what a key is asked for with is not said again after one that is not taken. */
  readonly shown: string
  readonly score: number | null
  readonly terminated: boolean
  readonly victory: boolean
}

/** Characters of what was shown that may still be read. */
const LONGEST_SHOWN = 2000

export class ZMachineEnvironment implements Environment {
  readonly story: StoryInfo
  readonly #bytes: Uint8Array
  #machine: Machine
  #objects: ObjectTable
  /** Where the story keeps what the player is told, and how that was found out. */
  readonly calibration: Calibration
  readonly #cache: StoryCache | null
  /** As the cache has it, or would; null where overrides make it another's. */
  readonly #found: Findings | null
  #learning: Learning | null = null
  #foresight: Foresight | null = null
  #worldHash: WorldHash | null = null
  #firstPrompt: { readonly state: MachineState; readonly text: string } | null = null
  #seed = 0
  #last: Last = { text: '', shown: '', score: null, terminated: false, victory: false }

  constructor(bytes: Uint8Array, options: OpenOptions) {
    const file = readStoryFile(bytes)
    this.#bytes = file.bytes
    this.#machine = new Machine(file.bytes, 0)
    this.#opening()
    this.#objects = new ObjectTable(this.#machine.vm)
    this.#cache = options.cache ?? null
    const override = options.overrides?.[file.sha256]
    const kept = this.#cache?.get(file.sha256) ?? null
    const found = kept?.calibration ?? calibrate(this.#machine, this.#objects)
    if (!kept) this.#cache?.set(file.sha256, { calibration: found, learned: null })
    this.calibration = overridden(this.#machine.vm, found, override)
    // What was learnt hangs on who the player is.
    this.#found = override === undefined ? { calibration: found, learned: kept?.learned ?? null } : null
    const id = options.id ?? `${file.release}.${file.serial}`
    this.story = {
      id,
      title: options.title ?? id,
      version: file.version,
      release: file.release,
      serial: file.serial,
      sha256: file.sha256,
      // A story without points is won or not: one point.
      maxScore: this.calibration.score === null ? 1 : this.calibration.maxScore,
    }
    this.reset()
  }

  reset(options: { readonly seed?: number } = {}): Timestep {
    this.#seed = options.seed ?? this.#seed
    const printed = this.#begin(this.#seed)
    const text = withoutPrompt(printed)
    const score = this.#points(printed, false) ?? 0
    this.#last = { text, shown: text, score, terminated: false, victory: false }
    return this.#timestep(0)
  }

  /** Returns what the story says up to its first prompt. Where no dice fell on the way, that moment is kept for the next time. */
  #begin(seed: number): string {
    if (this.#firstPrompt) {
      this.#machine.load(this.#firstPrompt.state)
      this.#machine.random.begin(seed)
      this.#machine.glk.takeText()
      return this.#firstPrompt.text
    }
    this.#machine = new Machine(this.#bytes, seed)
    this.#worldHash = null
    const text = this.#opening()
    this.#objects = new ObjectTable(this.#machine.vm)
    if (this.#machine.random.isUntouched) this.#firstPrompt = { state: this.#machine.save(), text }
    return text
  }

  step(command: string): Timestep {
    if (this.#last.terminated || this.#machine.input === 'none') return this.#timestep(0)
    const before = this.#machine.save()
    const previous = this.#last
    const said = this.#machine.input === 'char' ? `${previous.shown}\n` : ''
    let text: string
    try {
      text = enter(this.#machine, this.#isEnter(command) ? '' : printable(command))
    } catch (error) {
      this.#machine.load(before)
      this.#machine.glk.takeText()
      throw error
    }
    const ending = readEnding(text, this.#standing())
    const points = this.#points(text, ending.terminated)
    const victory = isVictory(ending, points, this.story.maxScore)
    const score = points ?? (victory ? 1 : 0)
    const shown = (said + text).slice(-LONGEST_SHOWN)
    this.#last = { text: withoutPrompt(text), shown, score, terminated: ending.terminated, victory }
    return this.#timestep(score - (previous.score ?? 0))
  }

  snapshot(): Snapshot {
    const state: EnvironmentState = {
      storySha256: this.story.sha256,
      machine: this.#machine.save(),
      last: this.#last,
    }
    return state
  }

  restore(snapshot: Snapshot): void {
    if (snapshot.storySha256 !== this.story.sha256 || !isOurs(snapshot)) {
      throw new ForeignSnapshotError(
        `This snapshot is not one of ${this.story.id}: take snapshots and restore them with the same story.`,
      )
    }
    this.#machine.load(snapshot.machine)
    this.#last = snapshot.last
  }

  world(): World {
    return this.#objects.world(this.#player(), this.#locationObject())
  }

  locationId(): number | null {
    return this.#locationObject() || null
  }

  worldHash(): string {
    return this.#hashes().digits()
  }

  recallActions(cache: ActionCache): readonly string[] {
    if (this.#last.terminated || this.#machine.input !== 'line') return commandsOf(this.validActions())
    const { knowledge, remembered } = this.#learned()
    const isMain = this.#machine.position === this.calibration.prompt
    if (!isMain || knowledge.nouns.directObject === null) return this.#recallExactly(cache)
    const standing = {
      machine: this.#machine,
      objects: this.#objects,
      player: this.#player(),
      spoken: sayable(knowledge.nouns, this.#last.text),
    }
    return (
      remembered.get(cache, standing) ??
      Probe.run(this.#machine, knowledge.world, (probe) =>
        remembered.find(cache, standing, probe, () => commandsOf(this.#search(probe))),
      )
    )
  }

  validActions({ budget, jobs = 1 }: SearchOptions = {}): ValidActions {
    const { input } = this.#machine
    if (this.#last.terminated || input === 'none') return { actions: [], tried: 0, partial: false }
    const { world } = this.#learned().knowledge
    if (input === 'char') return Probe.run(this.#machine, world, (probe) => this.#searchKeys(probe))
    return Probe.run(this.#machine, world, (probe) => this.#search(probe, budget), this.#foresightOf(jobs))
  }

  /** Ends the threads of `validActions`, which else end with the process. */
  async close(): Promise<void> {
    const foresight = this.#foresight
    this.#foresight = null
    await foresight?.close()
  }

  #foresightOf(threads: number): Foresight | null {
    if (threads <= 1) return null
    if (this.#foresight?.threads !== threads) {
      void this.close()
      const { learned } = this.#learned().knowledge
      this.#foresight = new Foresight({ bytes: this.#bytes, calibration: this.calibration, learned }, threads)
    }
    return this.#foresight
  }

  #searchKeys(probe: Probe): ValidActions {
    const shown = [...this.#machine.glk.statusRows, this.#last.shown].join('\n')
    return searchKeys(probe, this.#judged(), shown)
  }

  /** What effects are told by. */
  #judged() {
    const { nouns, learned } = this.#learned().knowledge
    return {
      nouns: { ...nouns, objects: this.#objects },
      states: learned.states,
      prompt: this.calibration.prompt,
      score: (ending: Ending) => this.#pointsAt(ending),
    }
  }

  #search(probe: Probe, budget = Number.POSITIVE_INFINITY): ValidActions {
    const { world, nouns, templates } = this.#learned().knowledge
    return searchActions(probe, {
      ...this.#judged(),
      world,
      templates,
      player: this.#player(),
      lastText: this.#last.text,
      spoken: sayable(nouns, this.#last.text),
      budget,
    })
  }

  /** Found out on a machine of its own when first asked for, always from the same opening, so that it never varies. */
  #learned(): Learning {
    if (!this.#learning) {
      const machine = new Machine(this.#bytes, 0)
      this.#opening(machine)
      const knowledge = learnStory(machine, this.calibration, this.#found?.learned ?? null)
      this.#learning = { knowledge, remembered: new RememberedActions(knowledge) }
      const { learned } = knowledge
      if (this.#found?.learned === null) this.#cache?.set(this.story.sha256, { ...this.#found, learned })
    }
    return this.#learning
  }

  /** Within a question that the story asks, or where words are all that is known of things, the list hangs on all there is. */
  #recallExactly(cache: ActionCache): readonly string[] {
    const { ram, stack, pc } = this.#machine.save()
    const hash = createHash('sha256').update(ram).update(stack).update(`${pc} ${this.#last.text}`)
    const key = hash.digest('hex').slice(0, 16)
    const known = cache.get(key)
    if (known) return known
    const commands = commandsOf(this.validActions())
    cache.set(key, commands)
    return commands
  }

  #hashes(): WorldHash {
    this.#worldHash ??= new WorldHash(this.#learned().knowledge.world, this.#machine)
    return this.#worldHash
  }

  /** Answers the key prompts before the first line prompt; returns all text up to it. */
  #opening(machine = this.#machine): string {
    const asked = machine.glk.takeText()
    return asked + passKeys(machine, asked).text
  }

  #timestep(reward: number): Timestep {
    return {
      observation: this.#observation(),
      reward,
      terminated: this.#last.terminated,
      truncated: false,
      victory: this.#last.victory,
    }
  }

  #observation(): Observation {
    const { moves } = this.calibration
    const player = this.#player()
    const { text, score, terminated } = this.#last
    const location = this.#locationObject()
    return {
      text,
      location: location === 0 ? null : this.#objects.name(location),
      inventory: player === 0 ? [] : this.#objects.children(player).map((id) => this.#objects.name(id)),
      score,
      maxScore: this.story.maxScore,
      moves: moves === null ? null : this.#machine.vm.m.getUint16(moves),
      input: terminated ? 'none' : this.#machine.input,
    }
  }

  /** Where a key is asked for, a line's end is one. */
  #isEnter(command: string): boolean {
    return this.#machine.input === 'char' && /^[\n\r]/.test(command)
  }

  #standing(): Standing {
    const { input, position } = this.#machine
    return standingAt(input === 'none' ? null : position, this.calibration.prompt)
  }

  #player(): number {
    return playerOf(this.#machine, this.calibration, this.#objects)
  }

  #locationObject(): number {
    const player = this.#player()
    if (player !== 0) return this.#objects.parent(player)
    const { vm } = this.#machine
    const [first] = vm.version3 ? globalAddresses(vm) : []
    // Version 3 shows it on the status line (Standard §8.2.2).
    const location = first === undefined ? 0 : vm.m.getUint16(first)
    return location <= this.#objects.count ? location : 0
  }

  /** Null where the story gives none. */
  #points(text: string, terminated: boolean): number | null {
    const { score } = this.calibration
    if (score === null) return null
    if ('global' in score) return this.#pointsInMemory()
    const now =
      score.from === 'answer' ? this.#asked(text, terminated) : scoreOnStatusLine(this.#machine.glk.statusRows)
    return now ?? this.#last.score ?? 0
  }

  /** As far as a search can tell; without any points, the one for winning. */
  #pointsAt(ending: Ending): number {
    if (this.calibration.score === null) return Number(isVictory(ending, null, this.story.maxScore))
    return this.#pointsInMemory() ?? this.#last.score ?? 0
  }

  #pointsInMemory(): number | null {
    const { score } = this.calibration
    return score !== null && 'global' in score ? this.#machine.vm.m.getInt16(score.global) : null
  }

  /** What `score` answers now. A story that is over tells its score by itself. */
  #asked(text: string, terminated: boolean): number | null {
    if (terminated) return scoreIn(text)
    const here = this.#machine.save()
    const answer = attempt(this.#machine, 'score')
    this.#machine.load(here)
    return answer === null ? null : scoreIn(answer)
  }
}

function commandsOf({ actions }: ValidActions): readonly string[] {
  return actions.map(({ command }) => command)
}

function isOurs(snapshot: Snapshot): snapshot is EnvironmentState {
  const { machine } = snapshot as Partial<EnvironmentState>
  return 'last' in snapshot && machine?.ram instanceof Uint8Array && machine.stack instanceof Uint8Array
}

/** A command as one line: control characters would end it early or be taken for keys. */
function printable(command: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return command.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
