import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Prices } from '../../harness/index.ts'
import { UsageError } from './usage-error.ts'

const dollars = z.number().nonnegative()
const priceList = z.record(z.string(), z.object({ input: dollars, output: dollars }))

/** What tokens cost, by the model's name. Throws `UsageError` for a file that is no list of prices. */
export function readPrices(path: string): Readonly<Record<string, Prices>> {
  try {
    return priceList.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new UsageError(
      `--prices must name a JSON file like {"gpt-4o-mini": {"input": 0.15, "output": 0.6}}, in US dollars per million tokens, not "${path}".`,
    )
  }
}
