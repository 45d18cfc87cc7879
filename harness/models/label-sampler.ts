import type { Decision, ModelCall, View } from '../contracts.ts'
import { drawIndex } from '../softmax.ts'
import { Asking } from './asking.ts'
import { firstChoice, writtenText } from './completion.ts'
import { labels, referenceOf } from './label-chunks.ts'
import { type AskedChunk, askInChunks, labelPrompt } from './label-rung.ts'
import type { ModelClient } from './model-client.ts'
import { ModelError, RequestRejected } from './model-error.ts'
import { probePlace, probeScene } from './probe-scene.ts'
import type { Scene } from './prompt.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/** Raises the letters drawn among above every other token: what is the same for all changes nothing between them. */
const headroom = 50
const leastBias = -100
/** Beyond it a letter's bias would be more than the 100 that servers allow. */
const leastLetter = headroom - 100

export interface Draws {
  readonly chosen: string
  readonly staticChoice: string
  readonly calls: readonly ModelCall[]
}

/** Commands among which the server can draw in one question: some of those that a chunk shows, or one. */
interface Lot {
  readonly chunk: AskedChunk
  readonly among: readonly number[]
}

/**
 * Lets the model's own sampler draw from z' = z + beta A, by `logit_bias` on the letters: servers add it to the logits
 * before they divide by the temperature T. z is of two orders and all spellings of a letter, but what is drawn is a bare
 * letter in one order: where its log-probability is l there, T z' - l is sent, which leaves the probabilities of z'.
 * Commands are first narrowed down to one lot of them, with the probability that the lot has under z'.
 */
export class LabelSampler {
  readonly #client: ModelClient
  readonly #temperature: number

  /** `temperature`: the one that z was made with. Throws `ModelError` where the server's sampler does not obey. */
  static async open(client: ModelClient, temperature: number): Promise<LabelSampler> {
    const sampler = new LabelSampler(client, temperature)
    for (const wanted of [0, 1]) await sampler.#checkObedience(wanted)
    const lots = await sampler.#lots(probeScene, probePlace)
    if (lots.every(({ among }) => among.length < 2)) {
      throw sampler.#disobedience('it does not say how likely the letters alone are')
    }
    return sampler
  }

  private constructor(client: ModelClient, temperature: number) {
    this.#client = client
    this.#temperature = temperature
  }

  /** The choice and what the same seed chooses without the advantages; the client's own where the server says nothing. */
  async draw(view: View, decision: Decision, uniform: number): Promise<Draws> {
    const { candidates } = decision
    const { observation, history, episode, turn } = view
    const scene = { observation, history, validActions: candidates.map(({ action }) => action) }
    const asking = new Asking(this.#client, `${episode}.${turn}`, 'choose')
    const lots = await this.#lots(scene, asking.place)
    const choose = async (number: 'adjusted' | 'logit', probability: 'probability' | 'prior') => {
      const masses = lots.map(({ among }) => among.reduce((sum, option) => sum + candidates[option]![probability], 0))
      const lot = lots[drawIndex(masses, uniform)]
      const logits = candidates.map((candidate) => candidate[number])
      return lot ? this.#drawnFrom(lot, scene, logits, uniform, asking) : null
    }
    const chosen = await choose('adjusted', 'probability')
    const tilts = candidates.map(({ adjusted, logit }) => adjusted - logit)
    const same = Math.max(...tilts) - Math.min(...tilts) < 1e-12
    const base = same ? chosen : await choose('logit', 'prior')
    return {
      chosen: chosen ?? decision.chosen,
      staticChoice: base ?? decision.staticChoice,
      calls: asking.calls,
    }
  }

  /**
   * Of each chunk the commands whose bare letters the server reported, and every other one alone; none where it said
   * nothing of use. The base policy has been told the same at this place: it is on tape, and nothing is spent on it.
   */
  async #lots(scene: Scene, place: string): Promise<readonly Lot[]> {
    if (scene.validActions.length === 1) return []
    let chunks: readonly AskedChunk[]
    try {
      chunks = await askInChunks(scene, new Asking(this.#client, place, 'score'))
    } catch (error) {
      if (error instanceof UnusableAnswer) return []
      throw error
    }
    const reference = referenceOf(chunks[0]!)
    return chunks.flatMap((chunk, index) => {
      const own = chunk.options.filter((option) => index === 0 || option !== reference)
      const known = own.filter((option) => (bareLetter(chunk, option) ?? -Infinity) >= leastLetter)
      const alone = own.filter((option) => !known.includes(option))
      return [known, ...alone.map((option) => [option])].map((among) => ({ chunk, among }))
    })
  }

  /** The command that the server drew; null where its answer is of no use. */
  async #drawnFrom(
    { chunk, among }: Lot,
    scene: Scene,
    logits: readonly number[],
    uniform: number,
    asking: Asking,
  ): Promise<string | null> {
    const commands = chunk.options.map((option) => scene.validActions[option]!)
    if (among.length === 1) return scene.validActions[among[0]!]!
    const highest = Math.max(...among.map((option) => logits[option]!))
    const biases = chunk.options.map((option) => {
      if (!among.includes(option)) return leastBias
      const bias = headroom + this.#temperature * (logits[option]! - highest) - bareLetter(chunk, option)!
      return Math.max(leastBias, bias)
    })
    const seed = Math.floor(uniform * 2 ** 31)
    try {
      return commands[await this.#ask({ ...scene, validActions: commands }, biases, seed, asking)]!
    } catch (error) {
      if (error instanceof UnusableAnswer) return null
      throw error
    }
  }

  /** The index of the letter that the server drew. */
  #ask(scene: Scene, biases: readonly number[], seed: number, asking: Asking): Promise<number> {
    const bias = biases.map((value, index) => [String(tokenId(labels[index]!)), value])
    const body = {
      messages: labelPrompt(scene, scene.validActions),
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
    const biases = Array.from({ length }, (_, index) => (index === wanted ? headroom : -headroom))
    const asking = new Asking(this.#client, probePlace, 'choose')
    const reason = await this.#ask(probeScene, biases, 1, asking).then(
      (drawn) => (drawn === wanted ? null : 'it drew another letter than the one that was raised'),
      (error: unknown) => {
        if (error instanceof UnusableAnswer) return `it ${error.message}`
        if (error instanceof RequestRejected && error.status !== 404) return error.said
        throw error
      },
    )
    if (reason !== null) throw this.#disobedience(reason)
  }

  #disobedience(reason: string): ModelError {
    return new ModelError(
      `${this.#client.model} does not sample by logit_bias on the letters (${reason}): its server may not know the parameter, or its vocabulary have other token numbers than OpenAI's, Llama 3's and Qwen's. Use --decode client.`,
    )
  }
}

function bareLetter({ options, bareLetters }: AskedChunk, option: number): number | null {
  return bareLetters[options.indexOf(option)] ?? null
}

/** Byte-level vocabularies begin with the printable characters, `!` first. */
function tokenId(label: string): number {
  return label.charCodeAt(0) - 33
}
