import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packagedStory } from '../../games/shared-stories.ts'
import { grueHere, inFreshFolder } from './grue.ts'

it('games info says what a story is, and how sure each finding is', async () => {
  const { code, stdout } = await grueHere(['games', 'info', 'minizork'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^file +version 3, release 34\.871124, \d+ bytes, checksum right$/m)
  expect(stdout).toMatch(/^player +you +certain +the object it names moved/m)
  expect(stdout).toMatch(/^maxScore +350 +likely/m)
  const { stdout: asJson } = await grueHere(['games', 'info', 'minizork', '--json'])
  expect(JSON.parse(asJson)).toMatchObject({
    id: 'minizork',
    title: 'Mini-Zork I',
    score: { value: 0, sure: 'certain' },
  })
})

it('games info goes by the overrides of the user, and says in one line where they are not understood', async () => {
  await inFreshFolder(async (folder) => {
    const GRUE_OVERRIDES = join(folder, 'mine.json')
    const info = () => grueHere(['games', 'info', 'minizork', '--json'], { env: { GRUE_OVERRIDES } })
    const { sha256 } = JSON.parse((await info()).stdout)
    writeFileSync(GRUE_OVERRIDES, JSON.stringify({ [sha256]: { maxScore: 7 } }))
    expect(JSON.parse((await info()).stdout)).toMatchObject({ maxScore: { value: 7, how: 'an override of yours' } })
    writeFileSync(GRUE_OVERRIDES, '{')
    expect(await info()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^grue: .*mine\.json is not a file of overrides.*\n$/),
    })
  })
})

it('games fetch lists what can be fetched, and gets nothing that is not free without a word', async () => {
  const { stdout } = await grueHere(['games', 'fetch'])
  expect(stdout).toMatch(/^zork1-r119 +Zork I, release 119 +yes +MIT/m)
  expect(await grueHere(['games', 'fetch', 'trinity'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^grue: trinity is not free .*--accept-personal-use\n$/),
  })
})

it('games list and info show file names as a terminal may show them, in columns', async () => {
  await inFreshFolder(async (cwd) => {
    const env = { GRUE_GAMES: cwd, XDG_CACHE_HOME: cwd }
    const name = '漢字\u001b[31m\u0007'
    writeFileSync(join(cwd, `${name}.z3`), packagedStory('minizork.z3'))
    const { stdout } = await grueHere(['games', 'list'], { cwd, env })
    expect(stdout).toMatch(/^漢字 {6}漢字 {13}z3 /m)
    expect(stdout).toMatch(/^advent {4}Adventure {8}z5 /m)
    const info = await grueHere(['games', 'info', name], { cwd, env })
    expect(info.stdout).toMatch(/^story +漢字, 漢字$/m)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout + info.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })
})
