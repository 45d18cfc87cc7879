import { parentPort, workerData } from 'node:worker_threads'
import { startRun } from './run.ts'
import { serveRun } from './serve-run.ts'
import type { WatchedRunData } from './watched-run.ts'

const { request, turnsPerSecond }: WatchedRunData = workerData
if (parentPort) await serveRun(parentPort, startRun(request), turnsPerSecond)
