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

export const noTokens: Tokens = { promptTokens: 0, completionTokens: 0 }

/** A limit is reached, or cannot be kept. What was answered so far is kept: the same command with a higher limit goes on from there. */
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
  /** The dearest call so far: the next one may take as much, though its text does not foretell it. */
  #largest = { tokens: 0, cost: 0 }
  #uncounted = false

  constructor(limits: ModelLimits, prices: Prices | null) {
    this.#limits = limits
    this.#prices = prices
  }

  /** Null: the server did not say. */
  add(used: Tokens | null): void {
    this.#calls += 1
    if (used === null) this.#uncounted = true
    const { tokens, cost } = this.#sum(used ?? noTokens)
    this.#tokens += tokens
    this.#cost += cost
    this.#largest = { tokens: Math.max(this.#largest.tokens, tokens), cost: Math.max(this.#largest.cost, cost) }
  }

  /** Throws `BudgetError` where a call that takes so much at most would go, or may well go, beyond a limit. */
  allow(most: Tokens): void {
    const { calls, tokens, cost } = this.#limits
    if (calls !== null && this.#calls + 1 > calls) {
      throw new BudgetError(`The limit --max-calls ${calls} is reached ${this.#soFar('--max-calls')}`)
    }
    const next = this.#sum(most)
    if (tokens !== null) {
      const foreseen = Math.max(this.#largest.tokens, next.tokens)
      this.#keep('--max-tokens', String(tokens), this.#tokens + foreseen > tokens, `${foreseen} tokens`)
    }
    if (cost !== null) {
      const foreseen = Math.max(this.#largest.cost, next.cost)
      this.#keep('--max-cost', `$${cost}`, this.#cost + foreseen > cost, inDollars(foreseen))
    }
  }

  #sum(used: Tokens): { tokens: number; cost: number } {
    const cost = this.#prices === null ? 0 : costOf(used, this.#prices)
    return { tokens: used.promptTokens + used.completionTokens, cost }
  }

  #keep(flag: string, limit: string, isBroken: boolean, foreseen: string): void {
    if (this.#uncounted) {
      throw new BudgetError(
        `The server reports no tokens, so that ${flag} cannot be kept: use --max-calls. Everything answered is kept.`,
      )
    }
    if (!isBroken) return
    throw new BudgetError(
      `The limit ${flag} ${limit} is reached, as the next call may take ${foreseen} ${this.#soFar(flag)}`,
    )
  }

  #soFar(flag: string): string {
    const dollars = this.#prices === null ? '' : `, ${inDollars(this.#cost)}`
    return `(${this.#calls} calls, ${this.#tokens} tokens${dollars} so far). Everything answered is kept: raise ${flag} to go on from here.`
  }
}

/** In US dollars. */
export function costOf({ promptTokens, completionTokens }: Tokens, { input, output }: Prices): number {
  return (promptTokens * input + completionTokens * output) / 1e6
}

/** Cents, and below a dollar hundredths of them: a small run costs less than one. */
export function inDollars(cost: number): string {
  return `$${cost.toFixed(cost < 1 ? 4 : 2)}`
}
