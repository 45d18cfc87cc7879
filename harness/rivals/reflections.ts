import type { TextModel } from '../contracts.ts'
import { oneLine } from '../models/quotation.ts'
import type { Notebook } from './noted-policy.ts'
import { courseOf, outcomeOf, type PastEpisode } from './past-episode.ts'

export type ReflectionParameters = {
  /** How many reflections are kept, the last ones. */
  readonly reflections: number
  /** How many of an episode's commands the model is shown, the last ones. */
  readonly steps: number
}

export const reflectionParameters: ReflectionParameters = { reflections: 10, steps: 80 }

const instructions = `You play the same text adventure again and again and want the highest score it can give.
You are shown how the last episode went: commands by room, with the points they earned.
Say in at most five sentences what went wrong, what earned points and what to do differently next time. Name rooms and commands.`

/** Reflexion: after each episode the model criticises its play; what it said precedes every later prompt. */
export class Reflections implements Notebook {
  readonly #model: TextModel
  readonly #parameters: ReflectionParameters
  #said: readonly string[] = []

  constructor(model: TextModel, parameters: ReflectionParameters) {
    this.#model = model
    this.#parameters = parameters
  }

  async learn(episode: PastEpisode): Promise<void> {
    const { steps, reflections } = this.#parameters
    const earlier = this.#said.map((line) => `- ${line}`)
    const prompt = [
      ...(earlier.length === 0 ? [] : ['What you said after earlier episodes:', ...earlier, '']),
      outcomeOf(episode),
      ...courseOf(episode, steps).map((line) => `| ${line}`),
    ].join('\n')
    const place = `${episode.episode}.end`
    const { text } = await this.#model.write({ purpose: 'write', place, instructions, prompt })
    if (text === null) return
    this.#said = [...this.#said, `After episode ${episode.episode}: ${oneLine(text)}`].slice(-reflections)
  }

  consult() {
    const note = { title: 'What you said of your earlier episodes', lines: this.#said }
    return { notes: { standing: this.#said.length === 0 ? [] : [note], current: [] } }
  }
}
