import type { ModelCall } from '../contracts.ts'
import { Asking } from './asking.ts'
import { plainConfidenceRung, schemaConfidenceRung } from './confidence-rung.ts'
import { labelRung } from './label-rung.ts'
import type { ModelClient } from './model-client.ts'
import { ModelError, RequestRejected } from './model-error.ts'
import { probePlace, probeScene } from './probe-scene.ts'
import type { Rung, RungName } from './rung.ts'
import { sampleRung } from './sample-rung.ts'
import { echoRung, promptLogprobsRung } from './string-rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

const ladder: readonly Rung[] = [
  labelRung,
  echoRung,
  promptLogprobsRung,
  schemaConfidenceRung,
  plainConfidenceRung,
  sampleRung,
]

export interface Probe {
  readonly rung: Rung
  /** The better rungs that were tried, and why each would not do. */
  readonly rejected: readonly { readonly rung: string; readonly reason: string }[]
  readonly calls: readonly ModelCall[]
}

/** Below this share of the answer on the offered letters, what the letters say is not what the model would say. */
const leastLabelMass = 0.5

/**
 * Finds the best rung that this model on this server can stand on, by asking about a scene as a run would. `forced`
 * tries that rung alone. Throws `ModelError` where none will do, and where the server cannot be asked at all.
 */
export async function probeRungs(client: ModelClient, forced: RungName | null): Promise<Probe> {
  const rejected: { rung: string; reason: string }[] = []
  const calls: ModelCall[] = []
  for (const rung of ladder.filter(({ name }) => forced === null || name === forced)) {
    const asking = new Asking(client, probePlace, 'score', rung !== labelRung)
    try {
      await rung.score(probeScene, asking)
      const mass = Math.min(...asking.calls.map(({ labelMass }) => labelMass ?? 1))
      const fault = asking.calls.find((call) => call.fault !== null)?.fault ?? null
      if (fault === null && mass >= leastLabelMass) return { rung, rejected, calls: [...calls, ...asking.calls] }
      const reason =
        fault === null ? `puts only ${Math.round(100 * mass)} % on the letters` : `gave an answer of no use (${fault})`
      rejected.push({ rung: rung.title, reason })
    } catch (error) {
      rejected.push({ rung: rung.title, reason: reasonOf(error, rung) })
    }
    calls.push(...asking.calls)
  }
  const reasons = rejected.map(({ rung, reason }) => `${rung}: ${reason}`).join('; ')
  const advice = forced === null ? 'Choose another --model.' : 'Leave out --rung, or choose another --model.'
  throw new ModelError(`${client.model} gives no distribution over commands. ${reasons}. ${advice}`)
}

/** Why a rung will not do; what no other rung could do better about is thrown again. */
function reasonOf(error: unknown, { name }: Rung): string {
  if (error instanceof UnusableAnswer) return error.message
  // Without a model or an address, that is; a server may well lack the older completions alone.
  if (error instanceof RequestRejected && (error.status !== 404 || name === 'strings')) {
    return `rejected the request (${error.said})`
  }
  throw error
}
