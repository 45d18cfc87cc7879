/** US dollars per million tokens. */
export interface Prices {
  readonly input: number
  readonly output: number
}

/** Where asking stops; null is no limit. */
export interface ModelLimits {
  /** US dollars; needs prices. */
  readonly cost: number | null
  readonly tokens: number | null
  readonly calls: number | null
}

export const noLimits: ModelLimits = { cost: null, tokens: null, calls: null }

export interface Tokens {
  readonly promptTokens: number
  readonly completionTokens: number
}

/** A limit is reached. What was answered so far is kept: the same command with a higher limit goes on from there. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
}

/** What a model's answers have cost so far, and whether there may be another. */
export class Spending {
  readonly #limits: ModelLimits
  readonly #prices: Prices | null
  #calls = 0
  #tokens = 0
  #cost = 0
  /** The dearest call so far: what the next one is expected to take at most. */
  #largest = { tokens: 0, cost: 0 }

  constructor(limits: ModelLimits, prices: Prices | null) {
    this.#limits = limits
    this.#prices = prices
  }

  add(used: Tokens): void {
    const tokens = used.promptTokens + used.completionTokens
    const cost = this.#prices === null ? 0 : costOf(used, this.#prices)
    this.#calls += 1
    this.#tokens += tokens
    this.#cost += cost
    this.#largest = { tokens: Math.max(this.#largest.tokens, tokens), cost: Math.max(this.#largest.cost, cost) }
  }

  /** Throws `BudgetError` where one more call would go, or may well go, beyond a limit. */
  allowOne(): void {
    const { calls, tokens, cost } = this.#limits
    if (calls !== null && this.#calls + 1 > calls) throw this.#stop('--max-calls', String(calls))
    if (tokens !== null && this.#tokens + this.#largest.tokens > tokens)
      throw this.#stop('--max-tokens', String(tokens))
    if (cost !== null && this.#cost + this.#largest.cost > cost) throw this.#stop('--max-cost', `$${cost}`)
  }

  #stop(flag: string, limit: string): BudgetError {
    const dollars = this.#prices === null ? '' : `, $${this.#cost.toFixed(4)}`
    return new BudgetError(
      `The limit ${flag} ${limit} is reached (${this.#calls} calls, ${this.#tokens} tokens${dollars} so far). Everything answered is kept: raise ${flag} to go on from here.`,
    )
  }
}

/** In US dollars. */
export function costOf({ promptTokens, completionTokens }: Tokens, { input, output }: Prices): number {
  return (promptTokens * input + completionTokens * output) / 1e6
}
