import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gatherRuns, type ReadRun, RunReader, readRuns } from '../../reports/index.ts'
import { episode, turn } from './made-up-events.ts'
import { runOf } from './made-up-runs.ts'

const runs = ['Yard', 'Attic', 'Yard'].map((to, index) =>
  runOf([1], { seed: index + 1, events: episode(1, [turn({ to })]) }),
)

test('runs that threads have read are gathered in their order, each with the texts of its thread', async () => {
  // One thread reads the third run and then the first; the other one the second.
  const [reader, another] = [new RunReader(), new RunReader()]
  const third: ReadRun = { ...(await reader.read(runs[2]!)), thread: 7 }
  const first: ReadRun = { ...(await reader.read(runs[0]!)), thread: 7 }
  const second: ReadRun = { ...(await another.read(runs[1]!)), thread: 8 }
  // The same texts again: nothing is handed over twice.
  expect(first.texts).toEqual([])
  const { runs: gathered, texts } = gatherRuns([first, second, third])
  expect(gathered.map(({ config, textTable }) => [config.seed, textTable])).toEqual([
    [1, 0],
    [2, 1],
    [3, 0],
  ])
  expect(texts.map(unpacked)).toEqual([third.texts, second.texts])
})

test('what is read does not hang on the thread but for the numbers of its texts', async () => {
  const together = gatherRuns(await readRuns(runs)).runs
  const alone = await Promise.all(runs.map(async (run) => gatherRuns([await new RunReader().read(run)]).runs[0]!))
  const withoutTurns = ({ digest: { turns: _, ...digest } }: (typeof together)[number]) => digest
  expect(together.map(withoutTurns)).toEqual(alone.map(withoutTurns))
})

function unpacked(text: string): unknown {
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString())
}
