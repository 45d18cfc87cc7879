// memory/: storing, opening and recalling, on a million experiences (synthetic-runs.js says of what kind), beside a scan
// of all of them. GRUE_BENCH_STEPS=N changes how many, GRUE_BENCH_FOLDER=DIR where the file is made.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { openExperienceStore } from '../../../dist/memory/index.js'
import { BruteForce } from './brute-force.js'
import { openApart } from './open-apart.js'
import { distributions, episodes } from './synthetic-runs.js'

const STEPS = Number(process.env.GRUE_BENCH_STEPS ?? 1_000_000)
const SIZE = STEPS.toExponential().replace('+', '')
const OPTIONS = { k: 10, threshold: 0.8, gamma: 0.95 }
const QUERIES = 1000
const SCANNED = 20
/** A machine that does other things as well interrupts some queries, but not the same ones in each round. */
const ROUNDS = 5

export default [() => figures('real', ''), () => figures('hard', '-hard')]

async function figures(name, suffix) {
  const folder = mkdtempSync(join(process.env.GRUE_BENCH_FOLDER ?? tmpdir(), 'grue-bench-'))
  try {
    const path = join(folder, 'memory.db')
    const twin = new BruteForce(STEPS)
    const all = [store(path, name, twin), ...(await open(path)), ...recall(path, name, twin)]
    return all.map((figure) => ({ ...figure, name: figure.name + suffix }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Each episode in a transaction of its own; beside it the twin, which keeps nothing. */
function store(path, name, twin) {
  const memory = openExperienceStore(path)
  const spent = { ours: 0, theirs: 0 }
  for (const episode of episodes(distributions[name], STEPS)) {
    spent.ours += timed(() => memory.addEpisode(episode))
    spent.theirs += timed(() => {
      for (const { state } of episode.steps) twin.add(state.tokens)
    })
  }
  memory.close()
  const value = Math.round((1000 * STEPS) / spent.ours)
  return {
    name: 'store-steps',
    value,
    unit: 'steps/s',
    peer: 'arrays that are lost',
    ratio: rounded(spent.theirs / spent.ours),
  }
}

/** The peer are the limits that were set: 3 s and 1 GB. */
async function open(path) {
  const { ms, megabytes } = await openApart(path)
  const memory = { name: `open-${SIZE}-memory`, value: megabytes, unit: 'MB' }
  return [
    { name: `open-${SIZE}`, value: Math.round(ms), unit: 'ms', peer: '3 s, as asked', ratio: rounded(3000 / ms) },
    { ...memory, peer: '1 GB, as asked', ratio: rounded(1000 / megabytes) },
  ]
}

function recall(path, name, twin) {
  const memory = openExperienceStore(path, { readonly: true })
  const queries = queriesOf(name)
  const ours = queries.map(() => Infinity)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, tokens] of queries.entries()) {
      ours[at] = Math.min(
        ours[at],
        timed(() => memory.recall(tokens, OPTIONS)),
      )
    }
  }
  const theirs = queries.slice(0, SCANNED).map((tokens) => {
    const found = memory.recall(tokens, OPTIONS).map(({ similarity }) => similarity)
    const best = twin.recall(tokens, OPTIONS)
    if (JSON.stringify(found) !== JSON.stringify(best)) throw new Error('memory and scan do not agree')
    return Math.min(...Array.from({ length: 3 }, () => timed(() => twin.recall(tokens, OPTIONS))))
  })
  memory.close()
  const scan = quantile(theirs, 0.5)
  return [0.5, 0.99].map((q) => {
    const value = quantile(ours, q)
    const ratio = rounded(scan / value)
    return {
      name: `recall-${SIZE}-p${100 * q}`,
      value: rounded(value),
      unit: 'ms',
      peer: `a scan, ${rounded(scan)} ms`,
      ratio,
    }
  })
}

/** What a run would ask next. */
function queriesOf(name) {
  return Array.from(episodes(distributions[name], QUERIES, 2), ({ steps }) =>
    steps.map(({ state }) => state.tokens),
  ).flat()
}

function timed(act) {
  const start = performance.now()
  act()
  return performance.now() - start
}

function quantile(numbers, q) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(q * (numbers.length - 1))]
}

function rounded(number) {
  return Number(number.toPrecision(3))
}
