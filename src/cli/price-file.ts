import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ModelSettings, Prices } from '../../harness/index.ts'
import { UsageError } from './usage-error.ts'

const dollars = z.number().nonnegative()
const priceList = z.record(z.string(), z.object({ input: dollars, output: dollars }))

/** The prices that a run was asked with. */
export function pricesOf(settings: ModelSettings | null): Readonly<Record<string, Prices>> {
  return settings?.prices ? { [settings.model]: settings.prices } : {}
}

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
