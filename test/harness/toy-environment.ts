import { createHash } from 'node:crypto'
import type {
  ActionCache,
  Environment,
  Observation,
  Snapshot,
  StoryInfo,
  Timestep,
  ValidActions,
  World,
} from '../../games/index.ts'

/*
 * The lighthouse: a story small enough to know by heart.
 *
 *   Pit (death)  <- east -  Path  - north (door) ->  Tower  - up ->  Lamp Room: light lamp, +10 and victory
 *                            |                        unlock door on the Path, +5, needs the key
 *                          Beach: take key, +2
 *
 * Shortest way to all 17 points: take key, north, unlock door, north, up, light lamp.
 * The seed sets the tide, which is seen and belongs to the world, but changes nothing else.
 */

type Room = 'Beach' | 'Path' | 'Tower' | 'Lamp Room' | 'Pit'

interface Toy {
  readonly room: Room
  readonly tide: number
  readonly key: boolean
  readonly unlocked: boolean
  readonly lit: boolean
  readonly score: number
  readonly moves: number
}

interface ToySnapshot extends Snapshot {
  readonly toy: Toy
}

export const shortestWay = ['take key', 'north', 'unlock door', 'north', 'up', 'light lamp']

export const toyStory: StoryInfo = {
  id: 'lighthouse',
  title: 'The Lighthouse',
  version: 3,
  release: 1,
  serial: '261121',
  sha256: '0'.repeat(64),
  maxScore: 17,
}

const texts: Record<Room, string> = {
  Beach: 'A shingle beach. A path leads north.',
  Path: 'A path between the beach in the south and the door of a tower in the north. Something dark gapes in the east.',
  Tower: 'The foot of a stair that leads up.',
  'Lamp Room': 'A great lamp fills the room.',
  Pit: 'You fall. *** You have died ***',
}

const effects: readonly (readonly [string, (toy: Toy) => boolean, (toy: Toy) => Partial<Toy>])[] = [
  ['down', ({ room }) => room === 'Lamp Room', () => ({ room: 'Tower' })],
  ['drop key', ({ key, unlocked }) => key && !unlocked, ({ score }) => ({ key: false, score: score - 2 })],
  ['east', ({ room }) => room === 'Path', () => ({ room: 'Pit' })],
  ['light lamp', ({ room }) => room === 'Lamp Room', ({ score }) => ({ lit: true, score: score + 10 })],
  ['north', ({ room }) => room === 'Beach', () => ({ room: 'Path' })],
  ['north', ({ room, unlocked }) => room === 'Path' && unlocked, () => ({ room: 'Tower' })],
  ['south', ({ room }) => room === 'Path', () => ({ room: 'Beach' })],
  ['south', ({ room }) => room === 'Tower', () => ({ room: 'Path' })],
  ['take key', ({ room, key }) => room === 'Beach' && !key, ({ score }) => ({ key: true, score: score + 2 })],
  [
    'unlock door',
    ({ room, key, unlocked }) => room === 'Path' && key && !unlocked,
    ({ score }) => ({ unlocked: true, score: score + 5 }),
  ],
  ['up', ({ room }) => room === 'Tower', () => ({ room: 'Lamp Room' })],
  ['wait', () => true, () => ({})],
]

export class ToyEnvironment implements Environment {
  readonly story = toyStory
  /** How often it was told to step, over all episodes. */
  steps = 0
  #seed = 0
  #toy: Toy = opening(0)

  reset({ seed = this.#seed }: { readonly seed?: number } = {}): Timestep {
    this.#seed = seed
    this.#toy = opening(seed)
    return this.#timestep(0)
  }

  step(command: string): Timestep {
    this.steps++
    const before = this.#toy
    const effect = effects.find(([name, possible]) => name === command && possible(before))
    this.#toy = { ...before, ...effect?.[2](before), moves: before.moves + 1 }
    return this.#timestep(this.#toy.score - before.score)
  }

  snapshot(): ToySnapshot {
    return { storySha256: toyStory.sha256, toy: this.#toy }
  }

  restore(snapshot: ToySnapshot): void {
    this.#toy = snapshot.toy
  }

  world(): World {
    return { objects: [], player: null, location: null, inventory: [] }
  }

  locationId(): null {
    return null
  }

  worldHash(): string {
    const { moves: _, ...world } = this.#toy
    return createHash('sha256').update(JSON.stringify(world)).digest('hex').slice(0, 16)
  }

  recallActions(cache: ActionCache): readonly string[] {
    const commands = cache.get(this.worldHash()) ?? this.validActions().actions.map(({ command }) => command)
    cache.set(this.worldHash(), commands)
    return commands
  }

  validActions(): ValidActions {
    const toy = this.#toy
    const commands = effects.filter(([, possible]) => possible(toy)).map(([command]) => command)
    const effect = { reward: 0, terminated: false, changed: [], moved: [], opened: [], lit: [] }
    return {
      actions: commands.map((command) => ({ command, equivalents: [command], effect })),
      tried: effects.length,
      partial: false,
    }
  }

  #timestep(reward: number): Timestep {
    const { room, lit } = this.#toy
    return {
      observation: observe(this.#toy),
      reward,
      terminated: lit || room === 'Pit',
      truncated: false,
      victory: lit,
    }
  }
}

function opening(seed: number): Toy {
  return { room: 'Beach', tide: seed % 7, key: false, unlocked: false, lit: false, score: 0, moves: 0 }
}

function observe({ room, tide, key, lit, score, moves }: Toy): Observation {
  return {
    text: lit ? 'Light! *** You have won ***' : `${texts[room]} The tide stands at ${tide}.`,
    location: room,
    inventory: key ? ['brass key'] : [],
    score,
    maxScore: 17,
    moves,
    input: lit || room === 'Pit' ? 'none' : 'line',
  }
}
