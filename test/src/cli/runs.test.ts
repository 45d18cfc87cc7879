import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { openExperienceStore } from '../../../memory/index.ts'
import { walk } from '../../memory/episodes.ts'
import { grue, grueHere, inFreshFolder } from './grue.ts'

// Whole programs play here, perhaps on a machine that builds something else at the time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const short = ['minizork', '--episodes', '2', '--steps', '5']

/** A finished run by `random`, made once; tests look at it or take a copy. */
const recorded = join(mkdtempSync(join(tmpdir(), 'grue-recorded-')), 'run')
beforeAll(() => grue(['learn', ...short, '--policy', 'random', '--out', recorded]))
afterAll(() => rmSync(join(recorded, '..'), { recursive: true }))

const summary = z.looseObject({
  scores: z.array(z.number()).length(2),
  mean: z.number(),
  lastFive: z.number(),
  final: z.number(),
  best: z.number(),
  auc: z.number(),
  maxScore: z.literal(350),
  episodes: z.literal(2),
  stepLimit: z.literal(5),
  story: z.literal('minizork'),
  seed: z.literal(0),
  policy: z.literal('jitrl'),
})

/** The lines of a run's log, times aside. */
function log(directory: string): readonly unknown[] {
  return readFileSync(join(directory, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line), time: null }))
}

it('learns, repeats itself exactly, and prints a finished run again', async () => {
  await inFreshFolder(async (cwd) => {
    const learn = (out: string) => grue(['learn', ...short, '--seed', '0', '--out', out, '--json'], { cwd })
    const first = await learn('a')
    expect(first.code).toBe(0)
    summary.parse(JSON.parse(first.stdout))
    expect(first.stdout.trim().split('\n')).toHaveLength(1)

    const twin = await learn('b')
    expect(twin.stdout).toBe(first.stdout)
    expect(log(join(cwd, 'b'))).toEqual(log(join(cwd, 'a')))

    const written = statSync(join(cwd, 'a', 'events.jsonl')).mtimeMs
    expect((await learn('a')).stdout).toBe(first.stdout)
    expect(statSync(join(cwd, 'a', 'events.jsonl')).mtimeMs).toBe(written)
  })
})

it('refuses a folder of another run and names the difference', async () => {
  await inFreshFolder(async (cwd) => {
    cpSync(recorded, join(cwd, 'a'), { recursive: true })
    const { code, stderr } = await grue(['learn', ...short, '--policy', 'random', '--out', 'a', '--seed', '2'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^grue: a records another run \(seed: 1 recorded, 2 asked for\)\. [^\n]+\n$/)
  })
})

it('stops at Ctrl-C with its episodes kept, and ends as if it had never stopped', async () => {
  await inFreshFolder(async (cwd) => {
    const words = (out: string) => [
      'learn',
      'minizork',
      '--episodes',
      '4',
      '--steps',
      '5',
      '--policy',
      'random',
      '--out',
      out,
    ]
    const whole = await grue([...words('whole'), '--json'], { cwd })
    let signalled = false
    const path = join(cwd, 'half', 'events.jsonl')
    const watch = setInterval(() => {
      if (signalled || !existsSync(path) || !readFileSync(path, 'utf8').includes('"type":"observed","episode":2'))
        return
      signalled = true
      interrupt()
    }, 5)
    let interrupt = () => {}
    const half = await grue(words('half'), {
      cwd,
      onStart: (kill) => {
        interrupt = () => kill('SIGINT')
      },
    })
    clearInterval(watch)
    expect(half.code).toBe(130)
    expect(half.stdout).toBe('')
    expect(half.stderr).toMatch(
      /Stopped after [1-3] of 4 episodes\. Resume with: grue learn minizork --episodes 4 .*--out half\n$/,
    )

    const resumed = await grue([...words('half'), '--json'], { cwd })
    expect(resumed).toMatchObject({ code: 0, stdout: whole.stdout })
    expect(log(join(cwd, 'half'))).toEqual(log(join(cwd, 'whole')))
  })
})

it('verifies a run turn by turn, and names the turn whose hash was changed', async () => {
  await inFreshFolder(async (cwd) => {
    cpSync(recorded, join(cwd, 'a'), { recursive: true })
    expect(await grueHere(['replay', 'a', '--verify'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'a: all 10 turns are as recorded.\n',
      stderr: '',
    })
    const path = join(cwd, 'a', 'events.jsonl')
    const lines = readFileSync(path, 'utf8').split('\n')
    const changed = lines.map((line) =>
      line.includes('"type":"observed","episode":2,"turn":3,')
        ? line.replace(/("worldHash":")(.)/, (_, before, digit) => before + (digit === '0' ? '1' : '0'))
        : line,
    )
    writeFileSync(path, changed.join('\n'))
    const { code, stderr } = await grueHere(['replay', 'a', '--verify'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^grue: a: episode 2, turn 3 differs: recorded world hash [^\n]+\n$/)
  })
})

it('shows a run, or one of its episodes, as plain lines', async () => {
  await inFreshFolder(async (cwd) => {
    cpSync(recorded, join(cwd, 'a'), { recursive: true })
    const both = await grueHere(['replay', 'a'], { cwd })
    expect(both.code).toBe(0)
    expect(both.stdout).toMatch(/^1\.5 /m)
    const second = await grueHere(['replay', 'a', '--episode', '2'], { cwd })
    expect(second.stdout).toMatch(/^2\.5 /m)
    expect(second.stdout).not.toMatch(/^1\.5 /m)
    const third = await grueHere(['replay', 'a', '--episode', '3'], { cwd })
    expect(third).toMatchObject({ code: 2, stderr: expect.stringContaining('--episode must be one of the 2') })
  })
})

it('compares policies on paired seeds and writes the report', async () => {
  await inFreshFolder(async (cwd) => {
    const words = ['compare', ...short, '--policies', 'static,random', '--seeds', '2', '--out', 'c', '--json']
    const { code, stdout } = await grue(words, { cwd })
    expect(code).toBe(0)
    const row = z.looseObject({
      mean: z.number(),
      lastFive: z.number(),
      final: z.number(),
      best: z.number(),
      auc: z.number(),
      seeds: z.array(z.strictObject({ seed: z.int(), scores: z.array(z.number()).length(2) })).length(2),
    })
    const comparison = z.strictObject({
      protocol: z.looseObject({ seeds: z.tuple([z.literal(1), z.literal(2)]) }),
      policies: z.strictObject({ static: row, random: row }),
      paired: z.tuple([
        z.looseObject({ difference: z.number(), interval: z.tuple([z.number(), z.number()]), rough: z.literal(true) }),
      ]),
    })
    comparison.parse(JSON.parse(stdout))
    expect(readFileSync(join(cwd, 'c', 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
    const rows = (path: string) => readFileSync(join(cwd, path), 'utf8').trim().split('\r\n').toSorted()
    expect(rows('c/report.csv')).toHaveLength(1 + 2 * 2 * 2)

    expect((await grue(words, { cwd })).stdout).toBe(stdout)
    const { code: reported } = await grueHere(['report', 'c', '--out', 'all.html'], { cwd })
    expect(reported).toBe(0)
    expect(rows('all.csv')).toEqual(rows('c/report.csv'))
    expect(await grueHere(['replay', 'c/random/seed-2', '--verify'], { cwd })).toMatchObject({ code: 0 })
  })
})

it('adds policies and seeds to a comparison without playing again what is there', async () => {
  await inFreshFolder(async (cwd) => {
    const words = ['compare', ...short, '--out', 'c', '--json']
    expect(await grue([...words, '--policies', 'random', '--seeds', '1'], { cwd })).toMatchObject({ code: 0 })
    const written = statSync(join(cwd, 'c', 'random', 'seed-1', 'events.jsonl')).mtimeMs
    const { stdout } = await grue([...words, '--policies', 'static', '--seeds', '2'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({
      protocol: { seeds: [1, 2] },
      policies: { static: { seeds: [{ seed: 1 }, { seed: 2 }] }, random: { seeds: [{ seed: 1 }] } },
    })
    expect(statSync(join(cwd, 'c', 'random', 'seed-1', 'events.jsonl')).mtimeMs).toBe(written)
    const told = await grue(['compare', ...short, '--out', 'c', '--policies', 'static', '--seeds', '2'], { cwd })
    expect(told.stdout).toMatch(/^policy .* seeds$/m)
    expect(told.stdout).toMatch(/^random .*one seed.* 1$/m)
    expect(told.stdout).toMatch(/^static .*\] rough .* 2$/m)
  })
})

it.each([
  [['--episodes', '3'], 'episodes: 2 recorded, 3 asked for'],
  [['--steps', '6'], 'stepLimit: 5 recorded, 6 asked for'],
  [['--temperature', '0.5'], 'temperature: 1 recorded, 0.5 asked for'],
  [['--game-seed', 'story'], 'gameSeed.type: "per-episode" recorded, "story" asked for'],
  [['--memory-limit', '9'], 'handicaps: "valid actions" recorded, "memory of 9 experiences'],
  [['--memory', join(recorded, 'memory.db')], 'handicaps: "valid actions" recorded, "memory'],
])('refuses, before it plays, to compare with %j what is there already on other terms', async (flags, difference) => {
  await inFreshFolder(async (cwd) => {
    cpSync(recorded, join(cwd, 'c', 'random', 'seed-1'), { recursive: true })
    const words = ['compare', ...short, '--policies', 'static', '--seeds', '1', '--out', 'c', ...flags]
    const { code, stdout, stderr } = await grueHere(words, { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(
      /^grue: c\/random\/seed-1 cannot be compared with [^\n]*: name another folder by --out\.[^\n]*\n$/,
    )
    expect(stderr).toContain(difference)
    expect(readdirSync(join(cwd, 'c'))).toEqual(['random'])
  })
})

it('compares two policies of one name under names that tell them apart', async () => {
  await inFreshFolder(async (cwd) => {
    for (const [name, command] of [
      ['a.txt', 'wait'],
      ['b.txt', 'look\nwait'],
    ] as const)
      writeFileSync(join(cwd, name), `${command}\n`)
    const words = ['compare', ...short, '--policies', 'walkthrough:a.txt,walkthrough:b.txt', '--seeds', '1', '--json']
    const { code, stdout } = await grue([...words, '--out', 'c'], { cwd })
    expect(code).toBe(0)
    const names = Object.keys(JSON.parse(stdout).policies)
    expect(names).toHaveLength(2)
    for (const name of names) expect(name).toMatch(/^walkthrough commands=[12], /)
  })
})

it('says which runs a comparison leaves out, as they are not finished', async () => {
  await inFreshFolder(async (cwd) => {
    const unfinished = join(cwd, 'c', 'random', 'seed-2')
    cpSync(recorded, unfinished, { recursive: true })
    const path = join(unfinished, 'events.jsonl')
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileSync(
      path,
      `${lines.slice(0, lines.findIndex((line) => line.includes('"memory-stored"')) + 1).join('\n')}\n`,
    )
    const words = ['compare', ...short, '--policies', 'static', '--seeds', '1', '--out', 'c']
    const { code, stdout, stderr } = await grue(words, { cwd })
    expect(code).toBe(0)
    expect(stdout).not.toContain('random')
    expect(stderr).toContain('Left out, as they are not finished: c/random/seed-2.')
  })
})

it.each(['learn', 'watch'])('does not begin a run in a folder that holds others: grue %s', async (command) => {
  await inFreshFolder(async (cwd) => {
    cpSync(recorded, join(cwd, 'c', 'random', 'seed-1'), { recursive: true })
    const { code, stderr } = await grueHere([command, 'minizork', '--episodes', '1', '--out', 'c'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^grue: c holds other runs: name another folder by --out\./)
    expect(readdirSync(join(cwd, 'c'))).toEqual(['random'])
  })
})

/** Puts the recorded run and what was forked from it side by side. */
function layForkBeside(run: string): void {
  const fork = `${run}-fork-e1-t3`
  for (const folder of [run, fork]) cpSync(recorded, folder, { recursive: true })
  const header = join(fork, 'run.json')
  const { provenance, ...rest } = JSON.parse(readFileSync(header, 'utf8'))
  const forkedFrom = { directory: run, episode: 1, turn: 3 }
  writeFileSync(header, JSON.stringify({ ...rest, provenance: { ...provenance, forkedFrom } }))
}

it('compares no run with what was forked from it and lies beside it', async () => {
  await inFreshFolder(async (cwd) => {
    layForkBeside(join(cwd, 'c', 'random', 'seed-1'))
    const words = ['compare', ...short, '--policies', 'random', '--seeds', '1', '--out', 'c', '--json']
    const { code, stdout } = await grue(words, { cwd })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).policies.random.seeds).toEqual([{ seed: 1, scores: expect.any(Array) }])
  })
})

it('reports and exports a fork where it is named itself, not where it lies beside its run', async () => {
  await inFreshFolder(async (cwd) => {
    layForkBeside(join(cwd, 'c', 'random', 'seed-1'))
    const left = 'Left out, as forks: c/random/seed-1-fork-e1-t3.\n'
    const reported = await grueHere(['report', 'c', '--out', 'all.html'], { cwd })
    expect(reported).toMatchObject({ code: 0, stderr: left })
    const exported = async (folder: string) => {
      const { code, stderr } = await grueHere(['export', folder], { cwd })
      const runs = readFileSync(join(cwd, 'export', 'runs.jsonl'), 'utf8')
        .trim()
        .split('\n')
      return { code, stderr, forked: runs.map((line) => 'forkedFrom' in JSON.parse(line).provenance) }
    }
    expect(await exported('c')).toEqual({ code: 0, stderr: left, forked: [false] })
    expect(await exported('c/random/seed-1-fork-e1-t3')).toEqual({ code: 0, stderr: '', forked: [true] })
  })
})

it('goes on with a comparison whose memory has grown, and refuses to add to it', async () => {
  await inFreshFolder(async (cwd) => {
    cpSync(join(recorded, 'memory.db'), join(cwd, 'm.db'))
    const words = ['compare', ...short, '--policies', 'random', '--memory', 'm.db', '--out', 'c', '--json', '--seeds']
    const first = await grue([...words, '1'], { cwd })
    expect(first.code).toBe(0)
    const grown = openExperienceStore(join(cwd, 'm.db'))
    grown.addEpisode(walk(1, [['attic', 'north', 5]], { run: 'another' }))
    grown.close()
    expect(await grue([...words, '1'], { cwd })).toMatchObject({ code: 0, stdout: first.stdout })
    expect(await grueHere([...words, '2'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/handicaps: "memory \w+ of 2 episodes, .* recorded, "memory \w+ of 3 episodes/),
    })
  })
})

it('sweeps parameters on the same seeds, saying first what that will take', async () => {
  await inFreshFolder(async (cwd) => {
    const words = [
      'sweep',
      'minizork',
      '--policy',
      'jitrl:paper',
      '--vary',
      'beta=0,2',
      '--vary',
      'k=5',
      '--set',
      'gamma=0.9',
    ]
    const length = [
      '--seeds',
      '2',
      '--episodes',
      '1',
      '--steps',
      '3',
      '--game-seed',
      'fixed:12',
      '--out',
      's',
      '--json',
    ]
    const { code, stdout, stderr } = await grue([...words, ...length], { cwd })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^4 cells, at most 12 turns, about \d+ s, by 3 turns played so far\.$/m)
    const { protocol, cells } = JSON.parse(stdout)
    expect(protocol).toMatchObject({ set: { gamma: 0.9 }, gameSeed: { type: 'fixed', seed: 12 }, episodes: 1 })
    expect(cells).toHaveLength(2)
    for (const cell of cells) expect(cell).toMatchObject({ parameters: { k: 5 }, seeds: [{ seed: 1 }, { seed: 2 }] })
    const { config } = JSON.parse(readFileSync(join(cwd, 's', 'beta=2,k=5', 'seed-2', 'run.json'), 'utf8'))
    expect(config.policy.parameters).toMatchObject({ beta: 2, k: 5, gamma: 0.9 })

    // Played elsewhere from its description, a cell comes out the same.
    await grue(['cell', 's/beta=2,k=5/seed-2/cell.json', '--out', 'elsewhere'], { cwd })
    expect(log(join(cwd, 'elsewhere'))).toEqual(log(join(cwd, 's', 'beta=2,k=5', 'seed-2')))
  })
})

it('goes on with a sweep on the same terms alone, and says what the rest will take', async () => {
  await inFreshFolder(async (cwd) => {
    const words = ['sweep', 'minizork', '--policy', 'jitrl', '--steps', '3', '--out', 's', '--seeds', '1', '--vary']
    expect((await grue([...words, 'beta=1', '--episodes', '1'], { cwd })).code).toBe(0)
    const refused = await grueHere([...words, 'beta=1,2', '--episodes', '2'], { cwd })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('episodes: 1 recorded, 2 asked for')
    const { code, stderr } = await grue([...words, 'beta=1,2', '--episodes', '1'], { cwd })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^1 cell, at most 3 turns, about \d+ s, by 3 turns played so far\.$/m)
    expect((await grue([...words, 'beta=1,2', '--episodes', '1'], { cwd })).stderr).toMatch(
      /^Nothing is left to play\.$/m,
    )
  })
})

it('says of each cell of a sweep over estimators what it has otherwise than its preset', async () => {
  await inFreshFolder(async (cwd) => {
    const words = [
      'sweep',
      'minizork',
      '--vary',
      'estimator=knn,graph',
      '--set',
      'beta=7',
      '--seeds',
      '1',
      '--out',
      's',
    ]
    const { code, stdout } = await grue([...words, '--episodes', '1', '--steps', '2'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^estimator=knn: jitrl, otherwise than its preset: beta 7 \(preset: 1\)$/m)
    expect(stdout).toMatch(/^estimator=graph: jitrl, otherwise than its preset: beta 7 \(preset: 150\)$/m)
  })
})

it('says what a sweep would take, as JSON where asked, and leaves nothing of a dry run', async () => {
  await inFreshFolder(async (cwd) => {
    const env = { TMPDIR: join(cwd, 'temporary'), GRUE_ACTION_CACHE: '' }
    mkdirSync(env.TMPDIR)
    const words = ['sweep', ...short, '--vary', 'beta=0,2', '--seeds', '3', '--jobs', '2', '--dry-run', '--out', 's']
    const { code, stdout, stderr } = await grueHere([...words, '--json'], { cwd, env })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const estimate = z.strictObject({
      cells: z.literal(6),
      turns: z.literal(6 * 2 * 5),
      seconds: z.number().positive(),
      promptTokens: z.literal(0),
      completionTokens: z.literal(0),
      cost: z.null(),
      playedTurns: z.literal(10),
    })
    estimate.parse(JSON.parse(stdout))
    const told = await grueHere(words, { cwd, env })
    expect(told).toMatchObject({ code: 0, stdout: '' })
    expect(told.stderr).toMatch(/^6 cells, at most 60 turns, about \d+ s, by 10 turns played so far\.\n$/)
    expect(readdirSync(cwd)).toEqual(['temporary'])
    expect(readdirSync(env.TMPDIR)).toEqual([])
  })
})

it('watches in plain lines where there is no terminal, each time in a new folder', async () => {
  await inFreshFolder(async (cwd) => {
    const { code, stdout, stderr } = await grue(['watch', '--episodes', '2', '--steps', '5'], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('2 episodes x 5 steps')
    expect(stdout).toMatch(/^2\.5 /m)
    expect(stdout).not.toContain('\u001b')
  })
})

it('adds stories and lists them', async () => {
  await inFreshFolder(async (cwd) => {
    const env = { XDG_CACHE_HOME: cwd }
    const stories = z.array(z.looseObject({ id: z.string(), source: z.string(), path: z.string(), sha256: z.string() }))
    const list = async () =>
      stories.parse(JSON.parse((await grueHere(['games', 'list', '--json'], { cwd, env })).stdout))
    const before = await list()
    expect(before.map(({ id, source }) => [id, source])).toEqual([
      ['tide', 'built-in'],
      ['advent', 'package'],
      ['minizork', 'package'],
    ])
    writeFileSync(join(cwd, 'mine.z3'), readFileSync(before[2]?.path ?? ''))
    expect(await grueHere(['games', 'add', 'mine.z3'], { cwd, env })).toMatchObject({ code: 0, stderr: '' })
    expect((await list()).find(({ id }) => id === 'mine')).toMatchObject({ source: 'cache', sha256: before[2]?.sha256 })
    expect(await grue(['play', 'mine'], { cwd, env })).toMatchObject({ code: 0 })
  })
})

it('counts what a memory holds', async () => {
  const { code, stdout } = await grueHere(['memory', 'stats', join(recorded, 'memory.db'), '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ runs: 1, episodes: 2, experiences: 10 })
})
