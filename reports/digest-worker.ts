import { parentPort, workerData } from 'node:worker_threads'
import { readRecordedRun } from '../harness/index.ts'
import type { DigestAnswer, DigestRequest } from './digest-runs.ts'
import { digestRun, type RunDigest } from './run-digest.ts'
import { TextTable } from './turn-archive.ts'

const directories: DigestRequest = workerData
const texts = new TextTable()
const digests: RunDigest[] = []
for (const directory of directories) digests.push(await digestRun(readRecordedRun(directory).events(), texts))
const answer: DigestAnswer = { digests, texts: texts.pack() }
parentPort?.postMessage(answer)
