// How complete the valid actions are, and whether what is remembered of them is ever stale. Minutes to hours:
//   node test/bench/games/valid-actions-check.js walkthrough EVERY GAME...  effects and points of the walkthroughs'
//                                                 commands, at every EVERYth state and wherever the score changes
//   node test/bench/games/valid-actions-check.js groups GAME...             Jericho's groups of equal effect
//   node test/bench/games/valid-actions-check.js memo TURNS GAME...         memo and fresh search along random turns
//   node test/bench/games/valid-actions-check.js detours TURNS GAME...      the same on short ways off the walkthrough
import { existsSync, readFileSync } from 'node:fs'
import { openEnvironment } from '../../../dist/games/index.js'
import { readWalkthrough } from './walkthrough.js'

/** Orders that do several things at once are not among the valid actions; "robot, lift cage" does one. */
const COMPOUND = /\b(?:all|everything|and|then)\b|[.]|,.*,/i

const [check, ...operands] = process.argv.slice(2)
const checks = { walkthrough, groups, memo, detours }
if (!checks[check]) {
  console.error(
    'Usage: valid-actions-check.js walkthrough EVERY GAME... | groups GAME... | (memo|detours) TURNS GAME...',
  )
  process.exit(2)
}
const number = check === 'groups' ? 0 : Number(operands.shift())
for (const game of operands) checks[check](game, number)

function open(game) {
  const { bytes, seed, commands } = readWalkthrough(game)
  const environment = openEnvironment(bytes, { id: game })
  environment.reset({ seed })
  return { environment, commands }
}

/** What a command leaves, from the state that the environment is left in again. */
function afterwards(environment, command) {
  const before = environment.snapshot()
  const { reward, terminated } = environment.step(command)
  const objects = environment.world().objects.map(({ parent, attributes }) => `${parent}:${attributes}`)
  const left = { hash: environment.worldHash(), things: `${objects} ${reward} ${terminated}`, reward }
  environment.restore(before)
  return left
}

function walkthrough(game, every) {
  const { environment, commands } = open(game)
  const missed = []
  const points = []
  let effects = 0
  let events = 0
  for (const [turn, command] of commands.entries()) {
    const next = afterwards(environment, command)
    if (turn % every === 0 || next.reward !== 0) {
      const idle = ['wait', 'look', 'inventory'].map((other) => afterwards(environment, other))
      const has = (key) => idle.every((other) => other[key] !== next[key])
      if (!COMPOUND.test(command) && (has('hash') || has('things'))) {
        const found = environment.validActions().actions.map((action) => afterwards(environment, action.command))
        const isFound = found.some(
          ({ hash, things }) => hash === next.hash || (has('things') && things === next.things),
        )
        effects++
        if (!isFound) missed.push(`${turn} ${command}`)
        if (has('reward')) {
          events++
          if (!found.some(({ reward }) => reward === next.reward)) points.push(`${turn} ${command}`)
        }
      } else if (has('reward')) points.push(`${turn} ${command} (several orders)`)
    }
    environment.step(command)
  }
  const share = (100 * (1 - missed.length / effects)).toFixed(1)
  console.log(`${game}: ${share} % of ${effects} effects; missed: ${missed.join('; ') || 'none'}`)
  console.log(`  of ${events} commands that earn or cost points missed: ${points.join('; ') || 'none'}`)
}

function groups(game) {
  const path = new URL(`../../../../shared/reference/valid-actions/${game}.json`, import.meta.url)
  if (!existsSync(path)) return console.log(`${game}: no groups of Jericho's`)
  const { environment, commands } = open(game)
  const { states } = JSON.parse(readFileSync(path, 'utf8'))
  const missed = []
  let counted = 0
  for (const { step, groups } of states) {
    environment.reset({ seed: readWalkthrough(game).seed })
    for (const command of commands.slice(0, step)) environment.step(command)
    const idle = ['wait', 'look'].map((command) => afterwards(environment, command))
    const found = environment.validActions().actions.map(({ command }) => afterwards(environment, command))
    for (const group of groups) {
      // Noise: orders about all things at once, and what a turn of waiting leaves as well.
      const single = group.filter((command) => !COMPOUND.test(command))
      const effects = single.map((command) => afterwards(environment, command))
      if (!effects.some(({ things }) => idle.every((other) => other.things !== things))) continue
      counted++
      if (!effects.some(({ hash, things }) => found.some((one) => one.hash === hash || one.things === things))) {
        missed.push(`${step} ${group.slice(0, 3)}`)
      }
    }
  }
  const share = (100 * (1 - missed.length / counted)).toFixed(1)
  console.log(`${game}: ${share} % of ${counted} groups; missed: ${missed.join('; ') || 'none'}`)
}

/** Random valid actions, begun anew from further and further along the walkthrough. */
function memo(game, turns) {
  const { environment, commands } = open(game)
  compare(game, environment, turns, 60, (below, turn) => {
    let time = environment.reset({ seed: below(1000) })
    const way = below(Math.min(commands.length - 1, 1 + (turn * commands.length) / turns))
    for (const command of commands.slice(0, way)) if (!time.terminated) time = environment.step(command)
    return !time.terminated
  })
}

/** From each state of the walkthrough in turn, twice: much is there then, and much goes on. */
function detours(game, turns) {
  const { environment, commands } = open(game)
  let here = environment.snapshot()
  let begun = 0
  compare(game, environment, turns, 5, () => {
    environment.restore(here)
    if (begun++ % 2 === 0) {
      const next = commands[(begun >> 1) % commands.length]
      if (environment.step(next).terminated) environment.reset()
      here = environment.snapshot()
    }
    return true
  })
}

/** `begin` puts the environment where the next random turns begin, one and so many more; false where there are none. */
function compare(game, environment, turns, more, begin) {
  const cache = new Map()
  const stale = []
  let hits = 0
  let state = 1
  const below = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  let left = 0
  for (let turn = 0; turn < turns; turn++) {
    if (left-- <= 0) left = begin(below, turn) ? more : 0
    const before = cache.size
    const found = environment.recallActions(cache)
    if (found.length === 0) {
      left = 0
      continue
    }
    // What was searched for has been put into the cache.
    if (cache.size === before) {
      hits++
      const afresh = environment.validActions().actions.map(({ command }) => command)
      const only = (some, others) => some.filter((command) => !others.includes(command)).join(', ')
      if (afresh.join() !== found.join()) {
        const place = environment.world().location?.name
        stale.push(`${turn} ${place} (recalled: ${only(found, afresh)}; searched: ${only(afresh, found)})`)
      }
    }
    if (environment.step(found[below(found.length)]).terminated) left = 0
  }
  console.log(`${game}: ${turns} turns, ${(hits / turns).toFixed(2)} hits, ${stale.length} stale: ${stale.join('; ')}`)
}
