import { describe, expect, it } from 'vitest'
import { presets } from '../../harness/presets.ts'
import { type GraphStep, TransitionGraph } from '../../harness/transition-graph.ts'

/** No hope and no curiosity: values are those of the points alone. */
const sober = { ...presets.grue, gamma: 0.5, curiosity: 0, trail: 10 }

describe('the transition graph', () => {
  it('backs a reward up along the way that led to it: q = reward + gamma * V(next)', () => {
    // c -> end with 8: q = 8. b -> c: 0 + 0.5 * 8 = 4. a -> b: 1 + 0.5 * 4 = 3.
    const graph = graphOf([{ ...from('a', 'b'), reward: 1 }, from('b', 'c'), { ...from('c', 'z'), reward: 8, ...won }])
    expect(['a', 'b', 'c'].map((room) => graph.outcome(situation(room), 'go')?.q)).toEqual([3, 4, 8])
  })

  it('takes the best tried action as the value of a situation', () => {
    // From b: left is worth 2, right 6. So a -> b is worth 0.5 * 6 = 3.
    const graph = graphOf(
      [from('a', 'b'), { ...from('b', 'z', 'left'), reward: 2, ...won }],
      [{ ...from('b', 'z', 'right'), reward: 6, ...won }],
    )
    expect(graph.outcome(situation('a'), 'go')?.q).toBe(3)
  })

  it('averages over outcomes: a fight won once in four is worth a quarter', () => {
    // Rewards 8, 0, 0, 0 over four ends without price: 8 / 4 = 2.
    const end = (reward: number): GraphStep => ({ ...from('a', 'z', 'fight'), reward, ...won })
    const graph = graphOf([end(8)], [end(0)], [end(0)], [end(0)])
    expect(graph.outcome(situation('a'), 'fight')).toMatchObject({ visits: 4, q: 2 })
  })

  it('joins episodes: what was found later from a place raises the ways to it that were gone before', () => {
    const graph = graphOf([from('a', 'b'), from('b', 'c')], [{ ...from('b', 'z', 'dig'), reward: 6, ...won }])
    expect(graph.outcome(situation('a'), 'go')?.q).toBe(3)
  })

  it('has a price for an end that is no victory, in scales', () => {
    // Best return 12, so the scale is 0.25 * 12 = 3; a death costs half a scale: 0 + 0.5 * -1.5 = -0.75.
    const graph = graphOf(
      [{ ...from('a', 'z', 'win'), reward: 12, ...won }],
      [{ ...from('a', 'z', 'jump'), terminated: true }],
    )
    expect(graph.scale).toBe(3)
    expect(graph.outcome(situation('a'), 'jump')?.q).toBe(-0.75)
  })

  it('never lets the scale fall, nor below one point', () => {
    const graph = graphOf([{ ...from('a', 'b'), reward: 2 }])
    expect(graph.scale).toBe(1)
    graph.add({ ...from('a', 'b'), reward: 40 })
    graph.endEpisode()
    expect(graph.scale).toBe(10)
    graph.add(from('a', 'b'))
    graph.endEpisode()
    expect(graph.scale).toBe(10)
  })

  it('discounts the returns that it takes its scale from', () => {
    // 40 and then 40: 40 + 0.5 * 40 = 60, a quarter of which is 15.
    const graph = graphOf([
      { ...from('a', 'b'), reward: 40 },
      { ...from('b', 'c'), reward: 40 },
    ])
    expect(graph.scale).toBe(15)
  })

  it('hopes for something behind the unknown, less with every step in its room', () => {
    // Curiosity 0.7 in the first episode. Room b unseen: q(a -> b) = 0.5 * 0.7 = 0.35.
    const graph = new TransitionGraph({ ...sober, curiosity: 0.7, roomPatience: 1 })
    graph.add(from('a', 'b'))
    expect(graph.outcome(situation('a'), 'go')?.q).toBeCloseTo(0.35, 12)
    // A step in room b, with other things in hand: the hope for the first b is 0.7 / sqrt(1 + 1/1).
    graph.add({ ...from('b', 'a'), situation: 'b | lamp | 0 | -' })
    graph.add(from('a', 'b'))
    expect(graph.outcome(situation('a'), 'go')?.q).toBeCloseTo((0.5 * 0.7) / Math.SQRT2, 12)
  })

  it('is curious for half as much after the half-life', () => {
    const graph = new TransitionGraph({ ...presets.grue, curiosity: 0.7, curiosityHalfLife: 2 })
    expect(graph.curiosity).toBeCloseTo(0.7, 12)
    graph.endEpisode()
    graph.endEpisode()
    expect(graph.curiosity).toBeCloseTo(0.35, 12)
  })

  it('counts what was tried in a room whatever was held there, and anywhere', () => {
    const graph = graphOf([
      from('a', 'b', 'dig'),
      { ...from('a', 'b', 'dig'), situation: 'a | spade | 0 | -' },
      from('b', 'c', 'dig'),
    ])
    expect(graph.triedInRoom(situation('a'), 'dig')).toBe(2)
    expect(graph.triedAnywhere('dig')).toBe(3)
    expect(graph.triedInRoom(situation('c'), 'dig')).toBe(0)
  })

  it('keeps the latest three steps as evidence, latest first', () => {
    const graph = graphOf([1, 2, 3, 4].map((turn) => ({ ...from('a', 'b'), turn })))
    expect(graph.outcome(situation('a'), 'go')?.latest.map(({ turn }) => turn)).toEqual([4, 3, 2])
  })
})

const won = { terminated: true, victory: true }

function situation(room: string): string {
  return `${room} | | 0 | -`
}

function from(room: string, next: string, action = 'go'): GraphStep {
  const source = { run: 'run', episode: 1, turn: 1 }
  return {
    ...source,
    situation: situation(room),
    action,
    reward: 0,
    next: situation(next),
    terminated: false,
    victory: false,
  }
}

function graphOf(...episodes: readonly (readonly GraphStep[])[]): TransitionGraph {
  const graph = new TransitionGraph(sober)
  for (const steps of episodes) {
    for (const step of steps) graph.add(step)
    graph.endEpisode()
  }
  return graph
}
