/** A recalled step, as far as the rule looks at it. */
export interface RecalledReturn {
  readonly action: string
  readonly return: number
}

export interface ActionValue {
  /** How many of the neighbours took this action. */
  readonly visits: number
  /** Null without neighbours. */
  readonly q: number | null
  /** Q - V, not normalised, in points. */
  readonly advantage: number
}

/**
 * Values of the actions from the neighbours' returns (arXiv 2601.18510): V is their mean return, Q(a) that of those
 * which took `a`. An action that none of them took has Q = V + alpha / |N| if `uniform(a)` is below lambda, else 0.
 * Without neighbours nothing is known, and every advantage is 0.
 */
export function neighbourValues(
  actions: readonly string[],
  neighbours: readonly RecalledReturn[],
  { lambda, alpha }: { readonly lambda: number; readonly alpha: number },
  uniform: (action: string) => number,
): { readonly value: number; readonly actions: readonly ActionValue[] } {
  if (neighbours.length === 0) {
    return { value: 0, actions: actions.map(() => ({ visits: 0, q: null, advantage: 0 })) }
  }
  const value = mean(neighbours)
  return {
    value,
    actions: actions.map((action) => {
      const taken = neighbours.filter((neighbour) => neighbour.action === action)
      const unseen = () => (uniform(action) < lambda ? value + alpha / neighbours.length : 0)
      const q = taken.length > 0 ? mean(taken) : unseen()
      return { visits: taken.length, q, advantage: q - value }
    }),
  }
}

/** A / max|A|: in [-1, 1], and unchanged where all are 0. */
export function normalised(advantages: readonly number[]): readonly number[] {
  const largest = advantages.reduce((most, advantage) => Math.max(most, Math.abs(advantage)), 0)
  return largest === 0 ? advantages : advantages.map((advantage) => advantage / largest)
}

function mean(neighbours: readonly RecalledReturn[]): number {
  return neighbours.reduce((sum, neighbour) => sum + neighbour.return, 0) / neighbours.length
}
