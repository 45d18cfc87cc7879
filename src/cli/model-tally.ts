import {
  asksNoPrior,
  costOf,
  drawsFromModel,
  inDollars,
  type ModelCall,
  modelCallsOf,
  noTokens,
  type PolicyInfo,
  type Prices,
  plannedPolicy,
  type RunEvent,
  type Tokens,
} from '../../harness/index.ts'
import type { Cell } from '../cells/cell.ts'

/** What the model of some runs was asked now, what was known already, and what came of it. */
export class ModelTally {
  readonly #prices: Prices | null
  #calls = 0
  #asked = 0
  #tokens = noTokens
  #strangers = 0
  #rewarded = 0
  #unrated = 0
  readonly #faults = new Map<string, number>()

  constructor(prices: Prices | null) {
    this.#prices = prices
  }

  take(event: RunEvent): void {
    if (event.type === 'rewarded') {
      this.#unrated += event.unrated
      this.#rewarded += event.rewards.length
    }
    for (const call of modelCallsOf(event)) this.#add(call)
  }

  /** An answer that the server gave now. */
  bill(used: Tokens): void {
    this.#asked += 1
    this.#tokens = plus(this.#tokens, used)
  }

  /** One line; null where there was no model. */
  line(): string | null {
    if (this.#calls + this.#asked === 0) return null
    const tokens = this.#tokens.promptTokens + this.#tokens.completionTokens
    // A turn that was broken off has been paid for, and is in no event.
    const kept = Math.max(0, this.#calls - this.#asked)
    const cost = this.#prices && `, ${inDollars(costOf(this.#tokens, this.#prices))}`
    const faults = [...this.#faults].map(([fault, count]) => `${count} ${fault}`)
    return [
      this.#asked === 0 ? 'Model: not asked' : `Model: ${this.#asked} calls, ${tokens} tokens${cost ?? ''}`,
      ...(kept > 0 ? [`answers kept from before: ${kept}`] : []),
      ...(faults.length > 0 ? [`answers of no use: ${faults.join(', ')}`] : []),
      ...(this.#unrated > 0 ? [`steps without a number of the evaluator: ${this.#unrated} of ${this.#rewarded}`] : []),
      ...(this.#strangers > 0 ? [`commands it made up: ${this.#strangers}`] : []),
    ].join('; ')
  }

  #add({ fault, strangers }: ModelCall): void {
    this.#calls += 1
    this.#strangers += strangers
    if (fault !== null) this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1)
  }
}

/** Tokens that the latest turns add to a prompt once there are some, at about sixty a turn; of a command that is named. */
const turnTokens = 60
const historyTokens = 700
const commandTokens = 6

/** Turns that a policy is to play. */
export interface PlannedTurns {
  readonly policy: PolicyInfo
  readonly turns: number
  readonly stepLimit: number
}

export function plannedTurns({ policy, parameters, model, episodes, stepLimit }: Cell): PlannedTurns {
  const info = plannedPolicy(policy, parameters)
  const decode = model?.decode === 'server' && drawsFromModel(info) ? { decode: 'server' } : {}
  return { policy: { ...info, parameters: { ...info.parameters, ...decode } }, turns: episodes * stepLimit, stepLimit }
}

/**
 * What is known before the first turn: how the model is asked, why not better, and what the turns still to come may
 * cost, from what the probe took by that rung. Commands beyond a call's options and texts of any length can change
 * it by a factor.
 */
export function modelForecast(
  { rung, rejected, calls }: Extract<RunEvent, { type: 'model-probed' }>,
  planned: readonly PlannedTurns[],
  prices: Prices | null,
): readonly string[] {
  const scoring = lastRung(calls)
  const asking = planned.filter(({ policy }) => !asksNoPrior(policy.name))
  const turns = asking.reduce((sum, { turns }) => sum + turns, 0)
  const needs = asking.map((each) => needsOf(each, scoring))
  const asked = needs.reduce((sum, { calls }) => sum + Math.ceil(calls), 0)
  const tokens = needs.reduce(plus, noTokens)
  const total = Math.round((tokens.promptTokens + tokens.completionTokens) / 1000)
  const cost = prices === null ? 'no --prices, no cost' : inDollars(costOf(tokens, prices))
  return [
    ...rejected.map((worse) => `not by ${worse.rung}: the model ${worse.reason}`),
    `its model is asked by ${rung}; at most ${turns} turns, about ${asked} calls and ${total} thousand tokens (${cost})`,
  ]
}

/** A policy may have the model propose commands each turn, score them twice, draw, and judge each episode. */
function needsOf(
  { policy: { name, parameters }, turns, stepLimit }: PlannedTurns,
  scoring: readonly ModelCall[],
): Tokens & { readonly calls: number } {
  const spent = scoring.reduce((sum, call) => plus(sum, call), noTokens)
  const { proposals = 0, reward, decode } = parameters
  const scored = scoring.length * (name.startsWith('prompt-jitrl') ? 2 : 1)
  const drawn = decode === 'server' ? (name === 'static' ? 1 : 2) : 0
  const proposed = Number(proposals) > 0 ? 1 : 0
  const opinions = String(reward).startsWith('evaluator') ? 3 : 0
  const perCall = Math.max(1, scoring.length)
  const prompt = spent.promptTokens / perCall + historyTokens
  const completion = (spent.completionTokens / perCall) * scored + drawn
  return {
    promptTokens: (prompt * (scored + drawn + proposed) + opinions * turnTokens) * turns,
    completionTokens: (completion + (proposed * Number(proposals) + opinions) * commandTokens) * turns,
    calls: (scored + drawn + proposed + opinions / stepLimit) * turns,
  }
}

/** The calls of the probe's last rung: all were of use, and those before them were not or asked in another way. */
function lastRung(calls: readonly ModelCall[]): readonly ModelCall[] {
  const byLabels = calls.at(-1)?.labelMass !== null
  const before = calls.findLastIndex(({ fault, labelMass }) => fault !== null || (labelMass !== null) !== byLabels)
  return calls.slice(before + 1)
}

function plus(a: Tokens, b: Tokens): Tokens {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
  }
}
