import { describe, expect, it } from 'vitest'
import { type GraphParameters, presets } from '../../harness/presets.ts'
import type { GraphStep } from '../../harness/situation-node.ts'
import { type Belief, type Moment, TransitionGraph } from '../../harness/transition-graph.ts'

/** Neither hope nor curiosity: values are those of the points alone. */
const sober = { ...presets.grue, gamma: 0.5, curiosity: 0 }
/** Time enough for anything. */
const stepLimit = 800
/** Nothing but hope: one point for what is unknown, whatever its verb, and half of it a step earlier, with all the time left. */
const curious: GraphParameters = { ...sober, curiosity: 1, priorPower: 0, triedShare: 0, hopeFade: stepLimit / 2 }
const opening: Moment = { stepsLeft: stepLimit, earned: new Set() }

describe('the plans of the transition graph', () => {
  it('are backed up along the way that led to a reward: points * gamma^(steps - 1)', () => {
    // c -> end with 8: 8. b -> c: 0.5 * 8 = 4. a -> b: 1 now, and 0.25 * 8 = 2 from c: 3.
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

  it('depend on the time that is left: what is far off is nothing to the last steps', () => {
    // Near: 2 points in the second step. Far: 10 in the sixth. Either way the first step is b's.
    const far = ['b', 'c', 'd', 'e'].map((room, index) => step(room, 'cdef'[index]!))
    const patient = filled(new TransitionGraph({ ...sober, gamma: 1 }, 16), [
      [step('a', 'b'), ...far, { ...step('f', 'z', 'win'), reward: 10, ...won }],
      [step('a', 'b'), { ...step('b', 'z', 'dig'), reward: 2, ...won }],
    ])
    expect(belief(patient, 'a', 'go', { ...opening, stepsLeft: 16 }).q).toBe(10)
    expect(belief(patient, 'a', 'go', { ...opening, stepsLeft: 4 }).q).toBe(2)
  })

  it('leave out gains that were had in the episode, and know a second gain of one command from its first', () => {
    // A first 4 where nothing was scored, a second where 4 were: 4 + 0.5 * 4; without the first 0.5 * 4.
    const [none, four] = [situation('a', ['dig']), { ...situation('a', ['dig']), situation: 'a |  | 4 | -' }]
    const dig = { ...step('a', 'a', 'dig'), reward: 4 }
    const graph = graphOf([
      { ...dig, from: none, next: four },
      { ...dig, from: four, ...won },
    ])
    const first = graph.gainOf('a', 'dig', new Set())
    const second = graph.gainOf('a', 'dig', new Set([first]))
    const q = (...gains: readonly number[]) => belief(graph, 'a', 'dig', { ...opening, earned: new Set(gains) }).q
    expect([q(), q(first), q(first, second)]).toEqual([6, 2, 0])
  })
})

describe('a gain', () => {
  it('is had once, whatever leads back to where it was had', () => {
    // a's dig gives 4 and leads to b, from where one comes back to a: 4 without discount, not 4 + 4 + 4 and so on.
    const graph = new TransitionGraph({ ...sober, gamma: 1 }, stepLimit)
    filled(graph, [[{ ...step('a', 'b', 'dig'), reward: 4 }, step('b', 'a', 'back')]])
    expect([belief(graph, 'a', 'dig').q, belief(graph, 'b', 'back').q]).toEqual([4, 4])
  })

  it('is there again behind an outcome that did not give it', () => {
    // Of four digs one gives 4 and leads to b, two fail and lead to b, from where one comes back; one ends it. Without
    // discount: q = 4 / 4 + 2 / 4 * q, so q = 2: but not 3 / 4 * q, which would make 4 of it.
    const graph = new TransitionGraph({ ...sober, gamma: 1, sweeps: 200 }, stepLimit)
    const failed = [step('a', 'b', 'dig'), step('b', 'a', 'back')]
    filled(graph, [[{ ...step('a', 'b', 'dig'), reward: 4 }, step('b', 'a', 'back')], failed, failed])
    filled(graph, [[{ ...step('a', 'z', 'dig'), ...won }]])
    expect(belief(graph, 'a', 'dig').q).toBeCloseTo(2, 1)
  })

  it('is taken back where its points are lost, and is the same one when it is had again', () => {
    const graph = new TransitionGraph(sober, stepLimit)
    const put = graph.gainsAfter(new Map(), 'a', 'put', 5)
    const taken = graph.gainsAfter(put, 'a', 'take', -5)
    expect([
      taken.size,
      graph.gainsAfter(put, 'b', 'fall', -5).size,
      graph.gainsAfter(put, 'a', 'fall', -4).size,
    ]).toEqual([0, 1, 1])
    expect(graph.gainsAfter(taken, 'a', 'put', 5)).toEqual(put)
    // So who has it is not promised another one.
    const [out, into] = [step('a', 'b', 'put'), step('b', 'a', 'take')]
    for (const each of [out, into, out])
      graph.add({ ...each, from: situation('a', [each.action]), reward: each === into ? -5 : 5 })
    expect(belief(graph, 'a', 'put', { ...opening, earned: new Set(put.keys()) }).q).toBe(0)
  })
})

describe('an action that has led back to the very same situation in one episode', () => {
  it('is believed less, each time, until the episode ends', () => {
    // b's dig is worth 8, so a's go 0.5 * 8 = 4; taken once in this episode and back: 0.25 * 4; twice: 0.0625 * 4.
    const graph = new TransitionGraph({ ...sober, again: 0.25 }, stepLimit)
    filled(graph, [[step('a', 'b'), { ...step('b', 'z', 'dig'), reward: 8, ...won }]])
    const seen = [belief(graph, 'a').q]
    for (const _ of [1, 2]) {
      graph.add(step('a', 'b'))
      graph.add(step('b', 'a', 'back'))
      seen.push(belief(graph, 'a').q)
    }
    graph.endEpisode()
    expect([...seen, belief(graph, 'a').q]).toEqual([4, 1, 0.25, 4])
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
    const graph = new TransitionGraph(curious, stepLimit)
    graph.add({ ...step('a', 'b'), next: situation('b', ['dig']) })
    expect(belief(graph, 'a').worth).toBeCloseTo(0.5, 12)
  })

  it('fades sooner where less time is left', () => {
    // A quarter of the time: each step costs four times as much, and what is a step away is out of reach.
    const graph = new TransitionGraph({ ...curious, hopeFade: stepLimit / 8 }, stepLimit)
    graph.add({ ...step('a', 'b'), next: situation('b', ['dig']) })
    const worthOf = (stepsLeft: number) =>
      graph.beliefs(situation('a', ['go']), ['go'], { ...opening, stepsLeft })[0]?.worth
    expect(worthOf(stepLimit)).toBeCloseTo(7 / 8, 12)
    expect(worthOf(stepLimit / 2)).toBeCloseTo(3 / 4, 12)
    expect(worthOf(stepLimit / 4)).toBeCloseTo(1 / 2, 12)
    expect(worthOf(stepLimit / 8)).toBeCloseTo(0, 12)
  })

  it('is the surplus over what is known: where points are at hand, less is hoped for', () => {
    // The scale is a quarter of 8, which the unknown is worth. At b: take gives 8; dig nothing now, then take's 0.5 * 8, and
    // the unknown's 2: 6, below 8. So there is no hope.
    const graph = new TransitionGraph(curious, stepLimit)
    const b = situation('b', ['dig', 'take'])
    graph.add({ ...step('a', 'b'), next: b })
    graph.add({ ...step('b', 'z', 'take'), from: b, reward: 8, ...won })
    graph.endEpisode()
    expect(belief(graph, 'a').worth).toBeCloseTo(0.5 * 8, 12)
  })

  it('is not added up along a way, so that no circle collects it', () => {
    // a and b lead to each other and each has something untried, worth 1. Behind a's go lies b's: 0.5, not 0.5 + 0.25.
    const graph = new TransitionGraph({ ...curious, roomShare: 1, elsewhereShare: 0 }, stepLimit)
    const [a, b] = [situation('a', ['go', 'dig']), situation('b', ['back', 'sing'])]
    graph.add({ ...step('a', 'b'), from: a, next: b })
    graph.add({ ...step('b', 'a', 'back'), from: b, next: a })
    graph.endEpisode()
    expect(graph.beliefs(a, ['go'], opening)[0]!.worth).toBeCloseTo(0.5, 6)
  })

  it('fades towards the end of a run, to a fiftieth', () => {
    const graph = new TransitionGraph({ ...presets.grue, curiosity: 0.7 }, stepLimit)
    expect(graph.curiosity).toBeCloseTo(0.7, 12)
    graph.beginEpisode(0.5)
    expect(graph.curiosity).toBeCloseTo(0.35, 12)
    graph.beginEpisode(1)
    expect(graph.curiosity).toBeCloseTo(0.014, 12)
  })

  it('from afar fades with it at once, without being backed up', () => {
    const graph = new TransitionGraph(curious, stepLimit)
    graph.add({ ...step('a', 'b'), next: situation('b', ['dig']) })
    graph.endEpisode()
    graph.beginEpisode(0.5)
    expect(belief(graph, 'a').worth).toBeCloseTo(0.25, 12)
  })

  it('is of what is unknown alone: none where others are half believed', () => {
    // lit borrows go's 8 of its room by a quarter, 2, and thinks that 0.5 * 2 are left where go does nothing: which no
    // curiosity is needed for. So walk is worth 0.5 * 2 and the little that a scale of 2 and a thousandth make.
    const graph = new TransitionGraph({ ...curious, curiosity: 0.001, doubt: 0.75 }, stepLimit)
    filled(graph, [[{ ...step('a', 'z'), reward: 8, ...won }], [{ ...step('b', 'a', 'walk'), next: lit }]])
    expect(belief(graph, 'b', 'walk').worth).toBeCloseTo(1, 2)
  })

  it('is not added to what a tried action may yet turn out to do', () => {
    // Behind a's go: 0.5 * 1. go itself, tried once: 0.4 / sqrt(2), which is less.
    const graph = new TransitionGraph({ ...curious, triedShare: 0.4 }, stepLimit)
    graph.add({ ...step('a', 'b'), next: situation('b', ['dig']) })
    expect(belief(graph, 'a').worth).toBeCloseTo(0.5, 12)
  })

  it('is weighed against the risk of a first try', () => {
    // dig gives 24: gamma of it, 12, is left after an untried command that does nothing. Of two first tries one has killed
    // and took 4 points: a risk of (1 + 5 / (2 + 5)) / (2 + 5) = 12 / 49. And the unknown is worth the scale, 6.
    const graph = new TransitionGraph(curious, stepLimit)
    const from = situation('a', ['dig', 'jump', 'go'])
    graph.add({ ...step('a', 'z', 'dig'), from, reward: 24, ...won })
    graph.endEpisode()
    graph.add({ ...step('a', 'z', 'jump'), from, reward: -4, terminated: true })
    graph.endEpisode()
    expect(graph.beliefs(from, ['go', 'dig'], opening)[0]?.worth).toBeCloseTo((37 / 49) * 12 - (12 / 49) * 4 + 6, 12)
  })
})

describe('a way that is the opposite of the one by which one came', () => {
  const graph = new TransitionGraph({ ...sober, wayBack: 0.3, doubt: 0.1 }, stepLimit)
  const [a, b] = [situation('a', ['north', 'dig']), situation('b', ['south', 'dig'])]
  const north = { ...step('a', 'b', 'north'), from: a, next: b, reward: 2 }
  filled(graph, [[{ ...step('a', 'z', 'dig'), from: a, reward: 8, ...won }], [north]])

  it('is thought to lead back there, as if it had been seen so a little', () => {
    // 0.5 * 8 behind south, and the 2 for going north are not had again. Believed by 0.3 / (0.3 + 0.1), else V = 3 is left.
    const [south] = graph.beliefs(b, ['south'], opening)
    expect(south).toMatchObject({ visits: 0, q: 4, latest: [{ from: b, action: 'south', reward: 0, next: a }] })
    expect(south!.worth).toBeCloseTo(0.75 * 4 + 0.25 * 0.5 * 3, 12)
  })

  it('does not hide another plan behind gains that were had by coming', () => {
    // North is had: what is left at b is dig's 0.5, and 0.25 from c. The way back for north's 2 once more would be worth more.
    const graph = new TransitionGraph({ ...sober, wayBack: 0.3, doubt: 0.1 }, stepLimit)
    const dig = { ...step('b', 'z', 'dig'), from: b, reward: 0.5, ...won }
    filled(graph, [[north, dig], [{ ...step('c', 'b', 'enter'), next: b }]])
    expect(belief(graph, 'c', 'enter').q).toBe(0.25)
  })

  it('leads where it was seen to lead, here or in a similar situation', () => {
    graph.add({ ...step('b', 'c', 'south'), from: b })
    const other = { ...b, situation: 'b |  | 2 | -' }
    expect([b, other].map((each) => graph.beliefs(each, ['south'], opening)[0]?.q)).toEqual([0, 0])
  })
})

describe('a gain instead of which another one of its place was always had', () => {
  it('is doubted where that one was had', () => {
    // crack gives 4, mend 8; three episodes had the one and three the other: 1 - 1 / (3 + 1) is doubted.
    const [whole, cracked, mended] = [scored(0, 'crack', 'mend'), scored(4, 'crack', 'mend'), scored(8)]
    const crack = { ...step('a', 'a', 'crack'), from: whole, next: cracked, reward: 4 }
    const mend = { ...step('a', 'a', 'mend'), from: whole, next: mended, reward: 8 }
    const graph = graphOf([crack], [mend], [crack], [mend], [crack], [mend])
    expect(graph.beliefs(cracked, ['mend'], opening)[0]?.q).toBeCloseTo(8 / 4, 12)
    expect(graph.beliefs(whole, ['mend'], opening)[0]?.q).toBe(8)
  })
})

const lit = { situation: 'a | lamp | 0 | 1', tokens: ['at:a', 'has:lamp', 'can:go'] }

describe('a situation never met before', () => {
  const graph = new TransitionGraph({ ...sober, doubt: 0.75 }, stepLimit)
  graph.add({ ...step('a', 'z'), reward: 8, ...won })
  graph.endEpisode()

  it('borrows what was seen in similar ones of its room, as far as it is to be trusted', () => {
    // Features {can:go} and {has:lamp, can:go}: J = 1/2, squared 1/4; one visit, so trust = 0.25 / (0.25 + 0.75) = 1/4.
    // worth = 1/4 * 8 + 3/4 * gamma 0.5 * V, V being what is believed of the best: 1/4 * 8 = 2. In all 2 + 0.75 = 2.75.
    expect(graph.beliefs(lit, ['go'], opening)[0]).toMatchObject({ visits: 0, q: 8, worth: 2.75 })
  })

  it('is not told that points are there again which were earned already', () => {
    const earned = new Set([graph.gainOf('a', 'go', new Set())])
    const richer = { ...lit, situation: 'a | lamp | 8 | 1' }
    expect(graph.beliefs(richer, ['go'], { ...opening, earned })[0]).toMatchObject({ visits: 0, q: 0, worth: 0 })
  })

  it('keeps of its own best plan what those had had who saw an action by which one stays in the room', () => {
    // dig gives 8 and, after it, take another 4; take is known only from where the 8 were had: it promises 4. Where they
    // were not, dig's 8 are still to come a step later: 4 + 0.5 * 8. Not so after a way out that gives 4.
    const [fresh, dug, both] = [scored(0, 'dig', 'take', 'out'), scored(8, 'dig', 'take', 'out'), scored(12)]
    const dig = { ...step('a', 'a', 'dig'), from: fresh, next: dug, reward: 8 }
    const later = [
      { ...step('a', 'a', 'take'), from: dug, next: both, reward: 4 },
      { ...step('a', 'b', 'out'), from: dug, reward: 4 },
    ]
    const graph = graphOf(...later.map((each) => [dig, each]))
    expect(graph.beliefs(fresh, ['take', 'out'], opening).map(({ q }) => q)).toEqual([8, 4])
  })

  it('is told of what those had had who saw an action by its own best plan alone', () => {
    // As above, but take leads back to where dig's 8 are to be had: they are not promised a second time.
    const [fresh, dug, both] = [scored(0, 'dig', 'take'), scored(8, 'take'), scored(12, 'back')]
    const graph = graphOf([
      { ...step('a', 'a', 'dig'), from: fresh, next: dug, reward: 8 },
      { ...step('a', 'a', 'take'), from: dug, next: both, reward: 4 },
      { ...step('a', 'a', 'back'), from: both, next: fresh },
    ])
    expect(graph.beliefs(fresh, ['take'], opening)[0]).toMatchObject({ visits: 0, q: 8 })
  })

  it('borrows from the most similar one of all where none of the most similar ones has seen an action', () => {
    // Of 30 other situations each is more similar to the next than the one in which dig was seen to give 8.
    const graph = graphOf([{ ...step('a', 'z', 'dig'), from: holding('sword', 0), reward: 8, ...won }])
    for (let other = 1; other <= 30; other++) filled(graph, [[{ ...step('a', 'b'), from: holding('lamp', other) }]])
    expect(graph.beliefs(holding('lamp', 31), ['dig'], opening)[0]).toMatchObject({ visits: 0, q: 8 })
  })

  it('borrows nothing from other rooms', () => {
    expect(graph.beliefs({ ...lit, situation: 'b | lamp | 0 | 1' }, ['go'], opening)[0]).toMatchObject({ q: null })
  })
})

it('sweeps what led to a change, so that the ways of other episodes hear of it', () => {
  // a -> b -> c was gone before c's dig is found to be worth 8: 0.5 * 0.5 * 8.
  const q = (sweeps: number) => {
    const graph = new TransitionGraph({ ...sober, sweeps }, stepLimit)
    filled(graph, [[step('a', 'b'), step('b', 'c')], [{ ...step('c', 'z', 'dig'), reward: 8, ...won }]])
    return belief(graph, 'a').q
  }
  expect([q(0), q(1)]).toEqual([0, 2])
})

it('keeps the latest three steps as evidence, latest first', () => {
  const graph = graphOf([1, 2, 3, 4].map((turn) => ({ ...step('a', 'b'), turn })))
  expect(belief(graph, 'a').latest.map(({ turn }) => turn)).toEqual([4, 3, 2])
})

const won = { terminated: true, victory: true }

function situation(room: string, commands: readonly string[] = ['go']) {
  return { situation: `${room} |  | 0 | -`, tokens: [`at:${room}`, ...commands.map((command) => `can:${command}`)] }
}

/** Room a with so many points. */
function scored(score: number, ...commands: readonly string[]) {
  return { ...situation('a', commands), situation: `a |  | ${score} | -` }
}

/** Room a with a thing of a kind and another one. */
function holding(thing: string, other: number) {
  const commands = ['can:dig', 'can:go']
  return { situation: `a | ${thing} ${other} | 0 | -`, tokens: ['at:a', `has:${thing}`, `has:${other}`, ...commands] }
}

function step(room: string, next: string, action = 'go'): GraphStep {
  const source = { run: 'run', episode: 1, turn: 1 }
  const from = situation(room, [action])
  return { ...source, from, action, reward: 0, next: situation(next, []), terminated: false, victory: false }
}

function belief(graph: TransitionGraph, room: string, action = 'go', moment = opening): Belief {
  return graph.beliefs(situation(room), [action], moment)[0]!
}

function graphOf(...episodes: readonly (readonly GraphStep[])[]): TransitionGraph {
  return filled(new TransitionGraph(sober, stepLimit), episodes)
}

function filled(graph: TransitionGraph, episodes: readonly (readonly GraphStep[])[]): TransitionGraph {
  for (const steps of episodes) {
    for (const each of steps) graph.add(each)
    graph.endEpisode()
  }
  return graph
}
