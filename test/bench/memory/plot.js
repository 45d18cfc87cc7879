// Measures what a query costs from a thousand experiences to ten million, and draws docs/memory-query-cost.svg:
// node test/bench/memory/plot.js [LARGEST], after `npm run build`. GRUE_BENCH_FOLDER=DIR says where the memory is made.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { scaleLog } from 'd3-scale'
import { openExperienceStore } from '../../../dist/memory/index.js'
import { BruteForce } from './brute-force.js'
import { openApart } from './open-apart.js'
import { distributions, episodes } from './synthetic-runs.js'

const OPTIONS = { k: 10, threshold: 0.8, gamma: 0.95 }
const ROUNDS = 5
const SCANNED = 10
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [640, 360, 64, 44, 28, 96]
const largest = Number(process.argv[2] ?? 1e7)

const queries = Array.from(episodes(distributions.real, 1000, 2), ({ steps }) =>
  steps.map(({ state }) => state.tokens),
).flat()
const folder = mkdtempSync(join(process.env.GRUE_BENCH_FOLDER ?? tmpdir(), 'grue-bench-'))
const points = []
try {
  const path = join(folder, 'memory.db')
  const store = openExperienceStore(path)
  const twin = new BruteForce(largest)
  let [steps, next, storing] = [0, 1000, 0]
  for (const episode of episodes(distributions.real, largest)) {
    storing += timed(() => store.addEpisode(episode))[0]
    for (const { state } of episode.steps) twin.add(state.tokens)
    steps += episode.steps.length
    if (steps < next) continue
    points.push({ steps, stepsPerSecond: Math.round((1000 * steps) / storing), ...(await measured(path, twin)) })
    console.log(JSON.stringify(points.at(-1)))
    writeFileSync(new URL('../../../docs/memory-query-cost.svg', import.meta.url), chart(points))
    next *= 10
  }
  store.close()
} finally {
  rmSync(folder, { recursive: true })
}

/** In milliseconds. Of several rounds the best: a machine that does other things as well interrupts some queries. */
async function measured(path, twin) {
  const { ms: openMs, megabytes } = await openApart(path)
  const store = openExperienceStore(path, { readonly: true })
  const times = queries.map(() => Infinity)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, tokens] of queries.entries()) {
      times[at] = Math.min(times[at], timed(() => store.recall(tokens, OPTIONS))[0])
    }
  }
  const scans = queries.slice(0, SCANNED).map((tokens) => {
    return Math.min(...Array.from({ length: 3 }, () => timed(() => twin.recall(tokens, OPTIONS))[0]))
  })
  const { states, bytes } = store.stats()
  store.close()
  times.sort((a, b) => a - b)
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  const [median, high] = [times[times.length >> 1], times[Math.floor(0.99 * times.length)]]
  return { states, bytes, openMs, megabytes, median, mean, high, scan: scans.sort((a, b) => a - b)[SCANNED >> 1] }
}

function timed(act) {
  const start = performance.now()
  const result = act()
  return [performance.now() - start, result]
}

function chart(points) {
  const x = scaleLog([1e3, 1e7], [LEFT, WIDTH - RIGHT])
  const y = scaleLog([1e-3, 1e3], [HEIGHT - BOTTOM, TOP])
  const line = (value) => points.map((point) => `${x(point.steps).toFixed(1)},${y(value(point)).toFixed(1)}`).join(' ')
  const root = (point) => points[0].mean * Math.sqrt(point.steps / points[0].steps)
  const lines = [
    { name: 'a scan', value: ({ scan }) => scan, color: '#888' },
    { name: '99th percentile', value: ({ high }) => high, color: '#d55e00' },
    { name: 'mean', value: ({ mean }) => mean, color: '#0072b2' },
    { name: 'median', value: ({ median }) => median, color: '#009e73' },
    { name: '∝ √N', value: root, color: '#888', dash: '3 4' },
  ]
  const last = points.at(-1)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<title>What a query of the memory costs, by how many experiences there are</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    '<text x="8" y="16">milliseconds a query (k = 10, similarity at least .8)</text>',
    ...[3, 4, 5, 6, 7].map((power) => {
      return `<text x="${x(10 ** power)}" y="${HEIGHT - 24}" text-anchor="middle">10${superscript(power)}</text>`
    }),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">experiences</text>`,
    ...[0.001, 0.01, 0.1, 1, 10, 100, 1000].flatMap((ms) => [
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(ms)}" y2="${y(ms)}" stroke="#ddd"/>`,
      `<text x="${LEFT - 6}" y="${y(ms) + 4}" text-anchor="end">${ms}</text>`,
    ]),
    ...lines.flatMap(({ name, value, color, dash = 'none' }) => [
      `<polyline points="${line(value)}" fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>`,
      `<text x="${x(last.steps) + 6}" y="${y(value(last)) + 4}" fill="${color}">${name}</text>`,
    ]),
    '</svg>',
    '',
  ].join('\n')
}

function superscript(digit) {
  return '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]
}
