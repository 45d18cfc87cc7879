import type { Decision, ModelCall, View } from '../contracts.ts'
import { drawIndex } from '../softmax.ts'
import { Asking } from './asking.ts'
import { firstChoice, writtenText } from './completion.ts'
import { labels, splitOptions } from './label-chunks.ts'
import { labelPrompt } from './label-rung.ts'
import type { ModelClient } from './model-client.ts'
import { ModelError, RequestRejected } from './model-error.ts'
import { probePlace, probeScene } from './probe-scene.ts'
import type { Scene } from './prompt.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/** Raises all letters above every other token: what is the same for all of them changes nothing between them. */
const headroom = 50
const leastBias = -100

export interface Draws {
  readonly chosen: string
  readonly staticChoice: string
  readonly calls: readonly ModelCall[]
}

/**
 * Lets the model's own sampler draw from z' = z + beta A, by `logit_bias` on the letters: servers add it to the logits
 * before they divide by the temperature T, so T (z' - z) is sent. More commands than letters are first narrowed down to
 * one run of them, with the probability that the run has under z'.
 */
export class LabelSampler {
  readonly #client: ModelClient
  readonly #temperature: number

  /** `temperature`: the one that z was made with. Throws `ModelError` where the server's sampler does not obey. */
  static async open(client: ModelClient, temperature: number): Promise<LabelSampler> {
    const sampler = new LabelSampler(client, temperature)
    for (const wanted of [0, 1]) await sampler.#checkObedience(wanted)
    return sampler
  }

  private constructor(client: ModelClient, temperature: number) {
    this.#client = client
    this.#temperature = temperature
  }

  /** The choice and what the same seed chooses without the advantages; the client's own where the server says nothing. */
  async draw(view: View, decision: Decision, uniform: number): Promise<Draws> {
    const asking = new Asking(this.#client, `${view.episode}.${view.turn}`, 'choose')
    const tilted = decision.candidates.map(({ adjusted, logit }) => adjusted - logit)
    const chosen = await this.#choose(view, decision, 'probability', tilted, uniform, asking)
    const untilted = tilted.map(() => 0)
    const same = Math.max(...tilted) - Math.min(...tilted) < 1e-12
    const base = same ? chosen : await this.#choose(view, decision, 'prior', untilted, uniform, asking)
    return {
      chosen: chosen ?? decision.chosen,
      staticChoice: base ?? decision.staticChoice,
      calls: asking.calls,
    }
  }

  async #choose(
    view: View,
    { candidates }: Decision,
    weight: 'probability' | 'prior',
    tilts: readonly number[],
    uniform: number,
    asking: Asking,
  ): Promise<string | null> {
    const runs = splitOptions(candidates.length)
    const masses = runs.map((run) => run.reduce((sum, index) => sum + candidates[index]![weight], 0))
    const options = runs[drawIndex(masses, uniform)]!
    const commands = options.map((index) => candidates[index]!.action)
    if (commands.length === 1) return commands[0]!
    const biases = options.map((index) => this.#temperature * tilts[index]!)
    const seed = Math.floor(uniform * 2 ** 31)
    try {
      return commands[await this.#ask({ ...view, validActions: commands }, biases, seed, asking)]!
    } catch (error) {
      if (error instanceof UnusableAnswer) return null
      throw error
    }
  }

  /** The index of the letter that the server drew. */
  #ask(scene: Scene, biases: readonly number[], seed: number, asking: Asking): Promise<number> {
    const highest = Math.max(...biases)
    const bias = biases.map((value, index) => [
      String(tokenId(labels[index]!)),
      Math.max(leastBias, headroom + value - highest),
    ])
    const { observation, history, validActions } = scene
    const body = {
      messages: labelPrompt({ observation, history, validActions }, validActions),
      max_tokens: 1,
      temperature: this.#temperature,
      top_p: 1,
      logit_bias: Object.fromEntries(bias),
      seed,
    }
    return asking.ask({ path: '/chat/completions', body }, (completion) => {
      const index = labels.indexOf(writtenText(firstChoice(completion)).toUpperCase())
      if (index >= 0 && index < biases.length) return { value: index }
      throw new UnusableAnswer('off the list', 'drew no letter')
    })
  }

  /** With one letter far above the others the server must draw it, or its tokens have other numbers than ours. */
  async #checkObedience(wanted: number): Promise<void> {
    const { length } = probeScene.validActions
    const biases = Array.from({ length }, (_, index) => (index === wanted ? 100 : 0))
    const asking = new Asking(this.#client, probePlace, 'choose')
    const reason = await this.#ask(probeScene, biases, 1, asking).then(
      (drawn) => (drawn === wanted ? null : 'it drew another letter than the one that was raised'),
      (error: unknown) => {
        if (error instanceof UnusableAnswer) return `it ${error.message}`
        if (error instanceof RequestRejected && error.status !== 404) return error.said
        throw error
      },
    )
    if (reason === null) return
    throw new ModelError(
      `${this.#client.model} does not sample by logit_bias on the letters (${reason}): its server may not know the parameter, or its vocabulary have other token numbers than OpenAI's, Llama 3's and Qwen's. Use --decode client.`,
    )
  }
}

/** Byte-level vocabularies begin with the printable characters, `!` first. */
function tokenId(label: string): number {
  return label.charCodeAt(0) - 33
}
