import { parentPort, workerData } from 'node:worker_threads'
import { Person } from './person.ts'
import { startRun } from './run.ts'
import { serveRun } from './serve-run.ts'
import type { WatchedRunData } from './watched-run.ts'

const { request, turnsPerSecond, first }: WatchedRunData = workerData
const person = new Person()
if (first !== null) person.does({ type: 'command', command: first })
async function* run() {
  yield* startRun(request, { person })
}
if (parentPort) await serveRun(parentPort, run(), turnsPerSecond, person)
