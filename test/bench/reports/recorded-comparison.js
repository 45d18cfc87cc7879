// A comparison as large as the one that a report is judged by, 5 policies x 5 seeds x 50 episodes of the built-in story:
// a few episodes are really played, and their events written again under other numbers, since only their bulk counts here.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startRun } from '../../../dist/src/run.js'

const shape = { policies: 5, seeds: 5, episodes: 50 }
const PLAYED = 5
const POLICIES = ['jitrl', 'jitrl:paper', 'static', 'random']

/** The folders of the runs. */
export async function recordComparison(folder) {
  const folders = []
  for (const policy of POLICIES) {
    const out = join(folder, 'played', policy.replace(':', '-'))
    await play(policy, out)
    const names = policy === 'jitrl' ? [policy, 'jitrl:again'] : [policy]
    for (const name of names)
      for (let seed = 1; seed <= shape.seeds; seed++) {
        const copy = join(folder, 'runs', name.replace(':', '-'), `seed-${seed}`)
        writeAgain(out, copy, name, seed)
        folders.push(copy)
      }
  }
  return folders
}

async function play(policy, out) {
  const request = {
    story: 'tide',
    policy,
    parameters: {},
    model: null,
    memory: null,
    seed: 1,
    gameSeed: { type: 'per-episode' },
    episodes: PLAYED,
    stepLimit: 60,
    temperature: 1,
    out,
    command: 'npm run bench -- reports',
  }
  for await (const _ of startRun(request));
}

function writeAgain(from, to, name, seed) {
  mkdirSync(to, { recursive: true })
  const header = JSON.parse(readFileSync(join(from, 'run.json'), 'utf8'))
  const config = { ...header.config, seed, policy: { ...header.config.policy, name }, episodes: shape.episodes }
  writeFileSync(join(to, 'run.json'), JSON.stringify({ ...header, config }))
  const lines = readFileSync(join(from, 'events.jsonl'), 'utf8').trim().split('\n')
  const inEpisode = lines.filter((line) => line.includes('"episode":'))
  const times = shape.episodes / PLAYED
  const again = Array.from({ length: times }, (_, time) =>
    inEpisode.map((line) => {
      const event = JSON.parse(line)
      return JSON.stringify({ ...event, episode: event.episode + time * PLAYED })
    }),
  )
  writeFileSync(join(to, 'events.jsonl'), `${[lines[0], ...again.flat()].join('\n')}\n`)
}
