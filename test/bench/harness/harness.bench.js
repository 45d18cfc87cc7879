// How many turns a learner plays in a minute of processor time once the valid actions are cached: all of a turn, the
// story, the prior, the estimate and the log. The peer is the same run, seed for seed, which finds the actions by itself.
// To open the story is part of neither.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStory } from '../../../dist/src/open-story.js'
import { startRun } from '../../../dist/src/run.js'
import { processorTime, whyNot } from '../games/walkthrough.js'

export default [turns]

const MINUTE = 60_000

async function turns() {
  const missing = whyNot()
  if (missing) return [{ skipped: missing }]
  const folder = mkdtempSync(join(tmpdir(), 'grue-bench-'))
  process.env.GRUE_ACTION_CACHE = join(folder, 'actions')
  try {
    const story = new URL('../../../../shared/games/zork1.z5', import.meta.url).pathname
    const environment = openStory(story)
    environment.validActions()
    const cold = await rate(request(story, join(folder, 'cold')), environment)
    const warm = await rate(request(story, join(folder, 'warm')), environment)
    const peer = 'the same run with an empty cache'
    return [{ name: 'turns-cached', value: Math.round(warm), unit: '/minute', peer, ratio: rounded(warm / cold) }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function rate(request, environment) {
  const start = processorTime()
  let played = 0
  for await (const event of startRun(request, { environment })) if (event.type === 'stepped') played++
  return (played / (processorTime() - start)) * MINUTE
}

function request(story, out) {
  return {
    ...{ story, policy: 'jitrl', parameters: {}, model: null, memory: null, seed: 1, temperature: 1 },
    ...{ gameSeed: { type: 'per-episode' }, episodes: 50, stepLimit: 50, out, command: 'bench' },
  }
}

function rounded(number) {
  return Number(number.toPrecision(3))
}
