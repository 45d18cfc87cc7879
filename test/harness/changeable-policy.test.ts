import { expect, test } from 'vitest'
import { ChangeablePolicy, type Policy, type Transition } from '../../harness/index.ts'

/** A policy that tells what it was told. */
function listening(name: string, told: string[]): Policy {
  return {
    info: { name, parameters: {} },
    begin: ({ episode }) => {
      told.push(`${name} begins ${episode}`)
    },
    decide: () => Promise.reject(new Error('Nobody asks here.')),
    observe: ({ action }) => {
      told.push(`${name} sees ${action}`)
    },
    end: ({ episode }) => {
      told.push(`${name} ends ${episode}`)
    },
  }
}
const start = { run: 'r', episode: 1, episodes: 2, stepLimit: 9 }
// Only the action is looked at.
const saw = (action: string) => ({ action }) as unknown as Transition

test('a policy that takes over in the middle of an episode hears of all that happened in it before', async () => {
  const told: string[] = []
  const policy = new ChangeablePolicy(listening('first', told))
  await policy.begin(start)
  policy.observe(saw('north'))
  policy.observe(saw('take lamp'))
  await policy.change(listening('second', told))
  policy.observe(saw('south'))
  await policy.end({ run: 'r', episode: 1, score: 0, terminated: false, victory: false })
  expect(policy.info.name).toBe('second')
  expect(told.slice(3)).toEqual([
    'second begins 1',
    'second sees north',
    'second sees take lamp',
    'second sees south',
    'second ends 1',
  ])
})

test('a policy that takes over between episodes hears of none of them', async () => {
  const told: string[] = []
  const policy = new ChangeablePolicy(listening('first', told))
  await policy.begin(start)
  await policy.end({ run: 'r', episode: 1, score: 0, terminated: false, victory: false })
  await policy.change(listening('second', told))
  expect(told).toEqual(['first begins 1', 'first ends 1'])
})
