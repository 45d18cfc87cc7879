import { type Calibration, calibrate } from './calibration.ts'
import { readEnding } from './ending.ts'
import type {
  Environment,
  Observation,
  Snapshot,
  StoryInfo,
  Timestep,
  ValidAction,
  ValidActions,
  World,
} from './environment.ts'
import { Machine, type MachineState } from './machine.ts'
import { ObjectTable } from './object-table.ts'
import { Probe } from './probe.ts'
import { enter, withoutPrompt } from './prompt.ts'
import { elsewhere } from './rooms.ts'
import { readStoryFile } from './story-file.ts'
import { learnStory, playerOf, type StoryKnowledge } from './story-knowledge.ts'
import { searchActions } from './valid-actions.ts'
import { WorldHash } from './world-hash.ts'

/** How often `reset` answers a key prompt with Enter before it takes the story for one that only wants keys. */
const OPENING_KEYS = 20

/** At a key prompt: any key goes on. */
const WAIT: ValidAction = {
  command: 'wait',
  equivalents: ['wait'],
  effect: { reward: 0, terminated: false, changed: [] },
}

export interface OpenOptions {
  readonly id?: string
  readonly title?: string
}

/** Opens a story file. Throws `StoryFileError` for what is none, `StoryFault` where it cannot reach its first prompt. */
export function openEnvironment(bytes: Uint8Array, options: OpenOptions = {}): ZMachineEnvironment {
  return new ZMachineEnvironment(bytes, options)
}

/** A snapshot was given to an environment of another story. */
export class ForeignSnapshotError extends Error {
  override name = 'ForeignSnapshotError'
}

interface EnvironmentState extends Snapshot {
  readonly machine: MachineState
  readonly last: Last
}

/** What the previous turn left behind that the machine's memory does not hold. */
interface Last {
  readonly text: string
  readonly score: number | null
  readonly terminated: boolean
  readonly victory: boolean
}

export class ZMachineEnvironment implements Environment {
  readonly story: StoryInfo
  readonly #bytes: Uint8Array
  #machine: Machine
  #objects: ObjectTable
  readonly #calibration: Calibration
  #knowledge: StoryKnowledge | null = null
  #worldHash: WorldHash | null = null
  #seed = 0
  #last: Last = { text: '', score: null, terminated: false, victory: false }

  constructor(bytes: Uint8Array, options: OpenOptions) {
    const file = readStoryFile(bytes)
    this.#bytes = file.bytes
    this.#machine = new Machine(file.bytes, 0)
    this.#opening()
    this.#objects = new ObjectTable(this.#machine.vm)
    this.#calibration = calibrate(this.#machine, this.#objects)
    const id = options.id ?? `${file.release}.${file.serial}`
    this.story = {
      id,
      title: options.title ?? id,
      version: file.version,
      release: file.release,
      serial: file.serial,
      sha256: file.sha256,
      // A story without points is won or not: one point.
      maxScore: this.#calibration.score === null ? 1 : this.#calibration.maxScore,
    }
    this.reset()
  }

  reset(options: { readonly seed?: number } = {}): Timestep {
    this.#seed = options.seed ?? this.#seed
    this.#machine = new Machine(this.#bytes, this.#seed)
    this.#worldHash = null
    const text = this.#opening()
    this.#objects = new ObjectTable(this.#machine.vm)
    this.#last = { text: withoutPrompt(text), score: this.#score(false), terminated: false, victory: false }
    return this.#timestep(0)
  }

  step(command: string): Timestep {
    if (this.#last.terminated || this.#machine.input === 'none') return this.#timestep(0)
    const before = this.#machine.save()
    const previous = this.#last.score
    let text: string
    try {
      text = enter(this.#machine, printable(command))
    } catch (error) {
      this.#machine.load(before)
      this.#machine.glk.takeText()
      throw error
    }
    const ending = readEnding(text, this.#halted())
    const points = this.#score(false)
    const victory =
      ending.victory ?? (ending.terminated && (this.#calibration.score === null || points === this.story.maxScore))
    const score = this.#score(victory)
    this.#last = { text: withoutPrompt(text), score, terminated: ending.terminated, victory }
    return this.#timestep((score ?? 0) - (previous ?? 0))
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

  worldHash(): string {
    return this.#hashes().whole()
  }

  reachHash(): string {
    return this.#hashes().without(elsewhere(this.#objects, this.#player()))
  }

  validActions(): ValidActions {
    const { input } = this.#machine
    if (this.#last.terminated || input === 'none') return { actions: [], tried: 0 }
    if (input === 'char') return { actions: [WAIT], tried: 0 }
    const { world, nouns, templates } = this.#learned()
    return Probe.run(this.#machine, world, (probe) =>
      searchActions(probe, {
        world,
        nouns: { ...nouns, objects: this.#objects },
        templates,
        player: this.#player(),
        score: () => this.#score(false),
      }),
    )
  }

  /** Found out on a machine of its own when first asked for, always from the same opening, so that it never varies. */
  #learned(): StoryKnowledge {
    if (!this.#knowledge) {
      const machine = new Machine(this.#bytes, 0)
      this.#opening(machine)
      this.#knowledge = learnStory(machine, this.#calibration)
    }
    return this.#knowledge
  }

  #hashes(): WorldHash {
    this.#worldHash ??= new WorldHash(this.#learned().world, this.#machine, this.#objects)
    return this.#worldHash
  }

  /** Answers the key prompts before the first line prompt with Enter; returns all text up to it. */
  #opening(machine = this.#machine): string {
    let text = machine.glk.takeText()
    for (let i = 0; i < OPENING_KEYS && machine.input === 'char'; i++) text += enter(machine, '')
    return text
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
    const { moves } = this.#calibration
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

  #halted(): boolean {
    return this.#machine.input === 'none'
  }

  #player(): number {
    return playerOf(this.#machine, this.#calibration, this.#objects)
  }

  #locationObject(): number {
    const player = this.#player()
    return player === 0 ? 0 : this.#objects.parent(player)
  }

  #score(victory: boolean): number {
    const { score } = this.#calibration
    if (score !== null) return this.#machine.vm.m.getInt16(score)
    return victory ? 1 : 0
  }
}

function isOurs(snapshot: Snapshot): snapshot is EnvironmentState {
  return 'machine' in snapshot && 'last' in snapshot
}

/** A command as one line: control characters would end it early or be taken for keys. */
function printable(command: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return command.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
