import type { Prices } from '../harness/index.ts'

/** What tokens cost, by the model's name. */
export type PriceList = Readonly<Record<string, Prices>>
