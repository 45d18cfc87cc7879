import { describe, expect, it } from 'vitest'
import { type GraphParameters, presets } from '../../harness/presets.ts'
import { type Belief, type GraphStep, TransitionGraph } from '../../harness/transition-graph.ts'

/** No hope and no curiosity: values are those of the points alone. */
const sober = { ...presets.grue, gamma: 0.5, curiosity: 0, trail: 10 }
/** Nothing but hope: one point for what is unknown, whatever its verb. */
const curious: GraphParameters = {
  ...sober,
  curiosity: 1,
  curiosityHalfLife: 1e9,
  priorPower: 0,
  triedShare: 0,
  hopeGamma: 0.5,
}

describe('the values of the transition graph', () => {
  it('are backed up along the way that led to a reward: q = reward + gamma * V(next)', () => {
    // c -> end with 8: q = 8. b -> c: 0 + 0.5 * 8 = 4. a -> b: 1 + 0.5 * 4 = 3.
    const graph = graphOf([{ ...step('a', 'b'), reward: 1 }, step('b', 'c'), { ...step('c', 'z'), reward: 8, ...won }])
    expect(['a', 'b', 'c'].map((room) => belief(graph, room).q)).toEqual([3, 4, 8])
  })

  it('are those of the best tried action', () => {
    // From b: left is worth 2, right 6. So a -> b is worth 0.5 * 6 = 3.
    const graph = graphOf(
      [step('a', 'b'), { ...step('b', 'z', 'left'), reward: 2, ...won }],
      [{ ...step('b', 'z', 'right'), reward: 6, ...won }],
    )
    expect(belief(graph, 'a').q).toBe(3)
  })

  it('average over outcomes: a fight won once in four is worth a quarter', () => {
    // Rewards 8, 0, 0, 0 over four ends without price: 8 / 4 = 2.
    const end = (reward: number): GraphStep => ({ ...step('a', 'z', 'fight'), reward, ...won })
    const graph = graphOf([end(8)], [end(0)], [end(0)], [end(0)])
    expect(belief(graph, 'a', 'fight')).toMatchObject({ visits: 4, q: 2 })
  })

  it('join episodes: what was found later from a place raises the ways to it that were gone before', () => {
    const graph = graphOf([step('a', 'b'), step('b', 'c')], [{ ...step('b', 'z', 'dig'), reward: 6, ...won }])
    expect(belief(graph, 'a').q).toBe(3)
  })

  it('hold a price for an end that is no victory, in scales', () => {
    // Best return 12, so the scale is 0.25 * 12 = 3; a death costs a quarter of it.
    const graph = graphOf(
      [{ ...step('a', 'z', 'win'), reward: 12, ...won }],
      [{ ...step('a', 'z', 'jump'), terminated: true }],
    )
    expect(graph.scale).toBe(3)
    expect(belief(graph, 'a', 'jump').q).toBe(0.5 * -0.75)
  })
})

describe('the scale', () => {
  it('never falls, nor below one point', () => {
    const graph = graphOf([{ ...step('a', 'b'), reward: 2 }])
    expect(graph.scale).toBe(1)
    graph.add({ ...step('a', 'b'), reward: 40 })
    graph.endEpisode()
    expect(graph.scale).toBe(10)
    graph.add(step('a', 'b'))
    graph.endEpisode()
    expect(graph.scale).toBe(10)
  })

  it('is a share of the best discounted return', () => {
    // 40 and then 40: 40 + 0.5 * 40 = 60, a quarter of which is 15.
    const rewarded = [step('a', 'b'), step('b', 'c')].map((each) => ({ ...each, reward: 40 }))
    expect(graphOf(rewarded).scale).toBe(15)
  })
})

describe('hope', () => {
  it('is what the best untried command within reach promises, less for every step to it', () => {
    // Unknown: 1. b's dig is untried: hope 1 there, 0.5 * 1 behind a's go.
    const graph = new TransitionGraph(curious)
    graph.add({ ...step('a', 'b'), next: situation('b', ['dig']) })
    expect(belief(graph, 'a').worth).toBeCloseTo(0.5, 12)
  })

  it('is not added up along a way, so that no circle collects it', () => {
    // a and b lead to each other and each has something untried, worth 1. Behind a's go lies b's: 0.5, not 0.5 + 0.25.
    const graph = new TransitionGraph({ ...curious, roomShare: 1, elsewhereShare: 0 })
    const [a, b] = [situation('a', ['go', 'dig']), situation('b', ['back', 'sing'])]
    graph.add({ ...step('a', 'b'), from: a, next: b })
    graph.add({ ...step('b', 'a', 'back'), from: b, next: a })
    graph.endEpisode()
    expect(graph.beliefs(a, ['go'], [1])[0]!.worth).toBeCloseTo(0.5, 6)
  })

  it('fades with tries of the same command here, elsewhere, and of its verb', () => {
    // Unknown 1 each. "dig" tried once in another room: 1 / (1 + 0.5). "dig mud": its verb tried twice: 1 / (1 + 2 * 0.25).
    const graph = begunGraph(
      { ...curious, verbShare: 0, elsewhereShare: 0.5 },
      step('x', 'y', 'dig'),
      step('x', 'y', 'dig'),
    )
    expect(belief(graph, 'a', 'dig').worth).toBeCloseTo(1 / 1.5, 12)
    const verbs = begunGraph(
      { ...curious, verbShare: 0.25, elsewhereShare: 0 },
      step('x', 'y', 'dig'),
      step('x', 'y', 'dig'),
    )
    expect(belief(verbs, 'a', 'dig mud').worth).toBeCloseTo(1 / 1.5, 12)
  })

  it('does not fade for a way that was gone from another room', () => {
    const graph = begunGraph({ ...curious, verbShare: 0.5 }, step('x', 'y', 'north'))
    expect(belief(graph, 'a', 'north').worth).toBeCloseTo(1, 12)
  })

  it('halves after the half-life', () => {
    const graph = new TransitionGraph({ ...presets.grue, curiosity: 0.7, curiosityHalfLife: 2 })
    expect(graph.curiosity).toBeCloseTo(0.7, 12)
    graph.endEpisode()
    graph.endEpisode()
    expect(graph.curiosity).toBeCloseTo(0.35, 12)
  })
})

describe('a situation never met before', () => {
  const lit = { situation: 'a | lamp | 0 | 1', tokens: ['at:a', 'has:lamp', 'can:go'] }

  it('borrows what was seen in similar ones of its room, as far as it is to be trusted', () => {
    // Features {can:go} and {has:lamp, can:go}: J = 1/2, squared 1/4; one visit, so trust = 0.25 / (0.25 + 0.75) = 1/4.
    // worth = 1/4 * 8 + 3/4 * gamma 0.5 * V, V being what is believed of the best: 1/4 * 8 = 2. In all 2 + 0.75 = 2.75.
    const graph = new TransitionGraph({ ...sober, doubt: 0.75 })
    graph.add({ ...step('a', 'z'), reward: 8, ...won })
    graph.endEpisode()
    expect(graph.beliefs(lit, ['go'], [1])[0]).toMatchObject({ visits: 0, q: 8, worth: 2.75 })
  })

  it('is not told that points are there again which were earned already', () => {
    const graph = new TransitionGraph({ ...sober, otherScore: 0 })
    graph.add({ ...step('a', 'z'), reward: 8, ...won })
    graph.endEpisode()
    const richer = { ...lit, situation: 'a | lamp | 8 | 1' }
    expect(graph.beliefs(richer, ['go'], [1])[0]).toMatchObject({ visits: 0, q: null, worth: 0 })
  })

  it('borrows nothing from other rooms', () => {
    const graph = graphOf([{ ...step('b', 'z'), reward: 8, ...won }])
    expect(graph.beliefs(lit, ['go'], [1])[0]).toMatchObject({ q: null, worth: 0 })
  })
})

it('keeps the latest three steps as evidence, latest first', () => {
  const graph = graphOf([1, 2, 3, 4].map((turn) => ({ ...step('a', 'b'), turn })))
  expect(belief(graph, 'a').latest.map(({ turn }) => turn)).toEqual([4, 3, 2])
})

const won = { terminated: true, victory: true }

function situation(room: string, commands: readonly string[] = ['go']) {
  return { situation: `${room} |  | 0 | -`, tokens: [`at:${room}`, ...commands.map((command) => `can:${command}`)] }
}

function step(room: string, next: string, action = 'go'): GraphStep {
  const source = { run: 'run', episode: 1, turn: 1 }
  const from = situation(room, [action])
  return { ...source, from, action, reward: 0, next: situation(next, []), terminated: false, victory: false }
}

function belief(graph: TransitionGraph, room: string, action = 'go'): Belief {
  return graph.beliefs(situation(room), [action], [1])[0]!
}

function graphOf(...episodes: readonly (readonly GraphStep[])[]): TransitionGraph {
  const graph = new TransitionGraph(sober)
  for (const steps of episodes) {
    for (const each of steps) graph.add(each)
    graph.endEpisode()
  }
  return graph
}

function begunGraph(parameters: GraphParameters, ...steps: readonly GraphStep[]): TransitionGraph {
  const graph = new TransitionGraph(parameters)
  for (const each of steps) graph.add(each)
  return graph
}
