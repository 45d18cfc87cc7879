import { expect, test } from 'vitest'
import { TurnGate, turns } from '../../../src/tui/turn-gate.ts'
import { WatchedAgent } from '../../../src/tui/watched-agent.ts'
import { syntheticRun } from './synthetic-run.ts'

test('ten thousand turns are kept in little memory, and any of them is there at once', async () => {
  const before = memory()
  const agent = new WatchedAgent()
  await agent.follow(turns(syntheticRun(200, 50), new TurnGate(Infinity)), () => {})
  expect(agent.history.length).toBeGreaterThan(10_000)
  // 300 MB is what the whole program may take; Node and its modules take some 80 of them.
  expect(memory() - before).toBeLessThan(200 * 2 ** 20)
  const began = process.cpuUsage()
  // No common divisor: every look is a jump.
  for (let look = 1; look <= 100; look += 1) {
    const index = (look * 7919) % agent.history.length
    expect(agent.at(index).view.turn).toBe(agent.history.mark(index)?.turn)
  }
  const { user } = process.cpuUsage(began)
  expect(user / 1000 / 100).toBeLessThan(50)
}, 120_000)

function memory(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
