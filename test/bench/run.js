// `npm run bench -- ROOM [--json]`: runs the benchmarks of one room on the built program in dist/. Each gives figures
// { name, value, unit, peer, ratio }, `ratio` being how many times better the value is than the peer's in the same run,
// or, where it cannot run here, { skipped: reason }.
import { parseArgs } from 'node:util'

const rooms = {
  games: () => import('./games/games.bench.js'),
  harness: () => import('./harness/harness.bench.js'),
  memory: () => import('./memory/memory.bench.js'),
  reports: () => import('./reports/reports.bench.js'),
  screen: () => import('./screen/screen.bench.js'),
}

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true })
const room = rooms[positionals[0]]
if (!room || positionals.length > 1) {
  console.error(`Usage: npm run bench -- ROOM [--json], where ROOM is one of: ${Object.keys(rooms).join(', ')}`)
  process.exit(2)
}

const { default: benchmarks } = await room()
const figures = []
for (const benchmark of benchmarks) {
  for (const figure of await benchmark()) {
    if (figure.skipped) console.error(`skipped: ${figure.skipped}`)
    else figures.push(figure)
    if (!figure.skipped && !values.json) console.log(row(figure))
  }
}
if (values.json) console.log(JSON.stringify({ figures }))

function row({ name, value, unit, peer, ratio }) {
  return `${name.padEnd(24)} ${String(value).padStart(10)} ${unit.padEnd(8)} ${String(ratio).padStart(8)} x ${peer}`
}
