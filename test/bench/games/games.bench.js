// games/: how fast a step, a snapshot, a hash and the valid actions are.
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { openEnvironment } from '../../../dist/games/index.js'
import { processorTime, readWalkthrough, whyNot } from './walkthrough.js'

const GLKOTE = "ifvms through glkote-term's Glk"
const STATES = 60
const ACTIONS = ['zork1', 'detective', 'pentari', 'library', 'ztuu', 'anchor']
const HASHES_PER_STATE = 20
/** States of trinity, every fortieth. */
const RICH = 5

const missing = whyNot()

export default missing
  ? [() => [{ skipped: `the benchmarks of games/: ${missing}` }]]
  : [
      () => rate('step-zork1', 'zork1', 'warm'),
      () => rate('step-anchor', 'anchor', 'warm'),
      () => rate('first-100-steps', 'zork1', 'fresh'),
      snapshots,
      hashes,
      ...ACTIONS.map((game) => () => actions(game)),
      jobs,
    ]

async function rate(name, game, measure) {
  const [ours, theirs] = [await walk('grue', game, measure), await walk('glkote', game, measure)]
  return [{ name, value: Math.round(ours), unit: 'steps/s', peer: GLKOTE, ratio: rounded(ours / theirs) }]
}

async function snapshots() {
  const [ours, theirs] = [await walk('grue', 'zork1', 'states'), await walk('glkote', 'zork1', 'states')]
  const peer = "save and restore by ifvms's own autosave"
  return [{ name: 'snapshot-zork1', value: rounded(ours), unit: 'ms', peer, ratio: rounded(theirs / ours) }]
}

function walk(player, game, measure) {
  const child = fork(new URL('./walk.js', import.meta.url), [player, game, measure])
  return new Promise((resolve, reject) => {
    child.once('message', (measured) => {
      resolve(measured)
      child.disconnect()
    })
    child.once('exit', (code) => reject(new Error(`walk.js ${player} ${game} ${measure} ended with ${code}`)))
  })
}

/** The world's hash at every state of the walkthrough; beside it SHA-256 of the world written out. */
function hashes() {
  const { environment, commands } = open('zork1')
  environment.worldHash()
  const spent = { ours: 0, theirs: 0 }
  for (const command of commands) {
    environment.step(command)
    spent.ours += timed(() => environment.worldHash())
    spent.theirs += timed(() => createHash('sha256').update(JSON.stringify(environment.world())).digest('hex'))
  }
  const value = rounded(spent.ours / commands.length)
  const peer = 'SHA-256 of world() as JSON'
  return [{ name: 'hash-zork1', value, unit: 'ms', peer, ratio: rounded(spent.theirs / spent.ours) }]
}

function timed(act) {
  const start = processorTime()
  for (let i = 0; i < HASHES_PER_STATE; i++) act()
  return (processorTime() - start) / HASHES_PER_STATE
}

/** Valid actions of the first states, nothing remembered; beside it as many commands by plain restore and step. */
function actions(game) {
  const { environment, commands } = open(game)
  environment.worldHash()
  const ours = []
  const theirs = []
  for (const next of commands.slice(0, STATES)) {
    let start = processorTime()
    const found = environment.validActions()
    ours.push(processorTime() - start)
    const snapshot = environment.snapshot()
    start = processorTime()
    for (let i = 0; i < found.tried; i++) {
      environment.step(found.actions[i % found.actions.length].command)
      environment.restore(snapshot)
    }
    theirs.push(processorTime() - start)
    environment.step(next)
  }
  const value = rounded(median(ours))
  const peer = 'as many commands by step and restore'
  return [{ name: `actions-${game}`, value, unit: 'ms', peer, ratio: rounded(median(theirs) / median(ours)) }]
}

/** Valid actions of states with much in reach, by two threads and by one, in turn, once both have played in each. */
async function jobs() {
  const { environment, commands } = open('trinity')
  const spent = { one: 0, two: 0 }
  const search = (options) => {
    const start = performance.now()
    environment.validActions(options)
    return performance.now() - start
  }
  for (const [turn, next] of commands.slice(0, RICH * 40).entries()) {
    if (turn % 40 === 0) {
      search({ jobs: 2 })
      search({})
      spent.two += search({ jobs: 2 })
      spent.one += search({})
    }
    environment.step(next)
  }
  await environment.close()
  const peer = 'one thread'
  return [
    {
      name: 'actions-trinity-2-jobs',
      value: rounded(spent.two / RICH),
      unit: 'ms',
      peer,
      ratio: rounded(spent.one / spent.two),
    },
  ]
}

function open(game) {
  const { bytes, seed, commands } = readWalkthrough(game)
  const environment = openEnvironment(bytes)
  environment.reset({ seed })
  return { environment, commands }
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
}

function rounded(number) {
  return Number(number.toPrecision(3))
}
