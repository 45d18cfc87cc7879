import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Environment, Snapshot } from '../../games/environment.ts'
import { ForeignSnapshotError, openEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory, opcode, RESULT, say } from './assembled-story.ts'
import { describeWith, GAMES, openShared, packagedStory, readWalkthrough, WHOLE } from './shared-stories.ts'

/** One turn as the player and the experimenter see it. */
function turn(environment: Environment, command: string) {
  return { ...environment.step(command), worldHash: environment.worldHash() }
}

/**
 * Plays once, taking a snapshot before every command; then goes back to every one of them, or every third, in `other`,
 * and plays the rest. Returns the steps from which the rest was not the same to the letter, or ended in another machine.
 */
function forksThatDiffer(
  first: Environment,
  other: Environment,
  commands: readonly string[],
  every: 1 | 3,
): readonly number[] {
  const snapshots: Snapshot[] = []
  const turns = commands.map((command) => {
    snapshots.push(first.snapshot())
    return turn(first, command)
  })
  const end = first.snapshot()
  return snapshots.flatMap((snapshot, step) => {
    if (step % every !== 0) return []
    other.restore(snapshot)
    const same = commands.slice(step).every((command, i) => isDeepStrictEqual(turn(other, command), turns[step + i]))
    return same && isDeepStrictEqual(other.snapshot(), end) ? [] : step
  })
}

const WALKS: readonly (readonly [game: string, steps: number])[] = WHOLE
  ? GAMES.map((game) => [game, Number.POSITIVE_INFINITY])
  : [
      ['zork1', 60],
      ['detective', Number.POSITIVE_INFINITY],
      ['library', Number.POSITIVE_INFINITY],
    ]
/** Whole walkthroughs take their time: as many turns are played as the square of their length. */
const PATIENCE_MS = WHOLE ? 3_600_000 : 30_000

describeWith(
  WALKS.map(([game]) => game),
  'a fork at any step of a walkthrough goes on as the walk did',
  () => {
    it.each(WALKS)('in the same environment: %s', { timeout: PATIENCE_MS }, (game, steps) => {
      const environment = openShared(game)
      const commands = readWalkthrough(game).commands.slice(0, steps)
      expect(forksThatDiffer(environment, environment, commands, WHOLE ? 1 : 3)).toEqual([])
    })

    it.each(WALKS)('in another environment with another past: %s', { timeout: PATIENCE_MS }, (game, steps) => {
      const other = openShared(game)
      other.reset({ seed: 4711 })
      for (const command of ['wait', 'north', 'take all', 'undo', 'save']) other.step(command)
      expect(forksThatDiffer(openShared(game), other, readWalkthrough(game).commands.slice(0, steps), 1)).toEqual([])
    })
  },
)

describe('a snapshot', () => {
  const dice = assembleStory({ turn: [...opcode.random(100), ...say(RESULT)] })

  it('holds the random numbers to come', () => {
    const environment = openEnvironment(dice)
    environment.reset({ seed: 1 })
    const snapshot = environment.snapshot()
    const roll = () => environment.step('roll').observation.text
    // Worked in frotz-random.test.ts.
    expect([roll(), roll(), roll()]).toEqual(['47', '31', '83'])
    environment.restore(snapshot)
    expect([roll(), roll(), roll()]).toEqual(['47', '31', '83'])
  })

  it('is not written to by what is played afterwards, undoing included', () => {
    const environment = openEnvironment(packagedStory('advent.z5'))
    for (const command of ['east', 'take all', 'save']) environment.step(command)
    const snapshot = environment.snapshot()
    const copy = structuredClone(snapshot)
    for (let round = 0; round < 2; round++) {
      for (const command of ['undo', 'undo', 'restore', 'west', 'undo', 'restart', 'yes', 'east'])
        environment.step(command)
      environment.restore(snapshot)
    }
    expect(isDeepStrictEqual(snapshot, copy)).toBe(true)
  })

  it('holds what can be undone', () => {
    const environment = openEnvironment(packagedStory('advent.z5'))
    environment.step('east')
    environment.step('take lamp')
    const snapshot = environment.snapshot()
    environment.step('drop lamp')
    environment.step('west')
    environment.restore(snapshot)
    expect(environment.step('undo').observation.inventory).toEqual([])
    expect(environment.step('undo').observation.location).toBe('At End Of Road')
  })

  it('holds the game that the story has saved', () => {
    const environment = openEnvironment(packagedStory('minizork.z3'))
    environment.step('save')
    environment.step('north')
    const snapshot = environment.snapshot()
    environment.step('save')
    environment.restore(snapshot)
    environment.step('restore')
    expect(environment.world().location?.name).toBe('West of House')
  })

  it('holds the score from which the next reward counts, and whether the story is over', () => {
    const environment = openEnvironment(packagedStory('minizork.z3'))
    const opening = environment.snapshot()
    for (const command of ['quit', 'y']) environment.step(command)
    expect(environment.step('look').terminated).toBe(true)
    environment.restore(opening)
    expect(environment.step('look')).toMatchObject({ terminated: false, reward: 0 })
  })

  it('of another story is refused, and nothing is changed', () => {
    const environment = openEnvironment(packagedStory('minizork.z3'))
    const before = environment.snapshot()
    const foreign = openEnvironment(packagedStory('advent.z5'), { id: 'advent' }).snapshot()
    expect(() => environment.restore(foreign)).toThrow(ForeignSnapshotError)
    expect(isDeepStrictEqual(environment.snapshot(), before)).toBe(true)
  })

  it('that nobody took is refused', () => {
    const environment = openEnvironment(dice)
    expect(() => environment.restore({ storySha256: environment.story.sha256 })).toThrow(ForeignSnapshotError)
  })

  it('goes through a structured clone, and is refused after JSON, which keeps no bytes', () => {
    const environment = openEnvironment(dice)
    const snapshot = environment.snapshot()
    const next = environment.step('roll')
    environment.restore(structuredClone(snapshot))
    expect(environment.step('roll')).toEqual(next)
    expect(() => environment.restore(JSON.parse(JSON.stringify(snapshot)))).toThrow(ForeignSnapshotError)
  })
})
