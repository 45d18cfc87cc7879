import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { grue, inFreshFolder } from './grue.ts'

vi.setConfig({ testTimeout: 180_000 })

it('compares a walkthrough and a policy file, each under its own name', async () => {
  await inFreshFolder(async (cwd) => {
    writeFileSync(join(cwd, 'way.txt'), 'inventory\nwait\nlook\n')
    const last = '({ ...(await decide(view, await logits(view), rng)), chosen: view.validActions.at(-1) })'
    writeFileSync(
      join(cwd, 'mine.mjs'),
      `export default ({ logits, decide }) => ({ info: { name: 'last', parameters: {} }, decide: async (view, rng) => ${last} })`,
    )
    const words = ['compare', 'tide', '--policies', 'walkthrough:way.txt,./mine.mjs', '--seeds', '1', '--json']
    const { code, stdout, stderr } = await grue([...words, '--episodes', '1', '--steps', '3', '--out', 'c'], { cwd })
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(Object.keys(JSON.parse(stdout).policies)).toEqual(['walkthrough', 'last'])
    const log = readFileSync(join(cwd, 'c/walkthrough-way.txt/seed-1/events.jsonl'), 'utf8')
    const commands = [...log.matchAll(/"type":"stepped",.*?"command":"(.*?)"/g)].map(([, command]) => command)
    expect(commands).toEqual(['inventory', 'wait', 'look'])
  })
})

it('lets a person play, on the same terms as everybody else', async () => {
  await inFreshFolder(async (cwd) => {
    const words = ['learn', 'tide', '--policy', 'human', '--episodes', '1', '--steps', '2', '--out', 'me']
    const { code, stdout, stderr } = await grue(words, { cwd, input: 'look\n\nwait\n' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/episode 1 +0 points {2}2 turns, step limit/)
    expect(stderr).toMatch(/Episode 1\n[\s\S]*\n> /)
  })
})

it('ends with the last turn of a person who would type on', async () => {
  await inFreshFolder(async (cwd) => {
    const words = ['learn', 'tide', '--policy', 'human', '--episodes', '1', '--steps', '2', '--out', 'me']
    let givingUp: NodeJS.Timeout | undefined
    const onStart = (kill: (signal: NodeJS.Signals) => void) => {
      givingUp = setTimeout(() => kill('SIGKILL'), 30_000)
    }
    const { code } = await grue(words, { cwd, input: 'look\nwait\n', staysOpen: true, onStart })
    clearTimeout(givingUp)
    expect(code).toBe(0)
  })
})
