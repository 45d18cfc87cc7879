import { randomStream } from '../rng.ts'
import type { Asking } from './asking.ts'
import { type Choice, type Completion, writtenText } from './completion.ts'
import { chatPrompt, type Scene } from './prompt.ts'
import { oneLine } from './quotation.ts'
import type { Rung } from './rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

const sampleCount = 10
/** A command, and room for a model that thinks first. */
const answerTokens = 2000

/**
 * The model is asked for a command ten times at temperature 1; how often it says which is the distribution. All the
 * commands together get the weight of one more sample, so that none is impossible.
 */
export const sampleRung: Rung = {
  name: 'samples',
  title: `frequency of ${sampleCount} samples`,
  async score(scene, asking) {
    const names = scene.validActions.map(spoken)
    const counts = names.map(() => 0)
    let answered = 0
    let named = 0
    let unusable: unknown
    while (answered < sampleCount) {
      try {
        const indices = await sample(scene, names, sampleCount - answered, answered, asking)
        for (const index of indices) if (index >= 0) counts[index]! += 1
        named += indices.filter((index) => index >= 0).length
        answered += indices.length
      } catch (error) {
        if (!(error instanceof UnusableAnswer)) throw error
        unusable = error
        answered += 1
      }
    }
    if (named === 0) throw unusable ?? new UnusableAnswer('off the list', 'named none of the commands')
    return counts.map((count) => Math.log((count + 1 / names.length) / (named + 1)))
  },
}

/** Indices of the commands that were said, -1 for one that is not on the list. Servers that take no `n` give one. */
function sample(
  scene: Scene,
  names: readonly string[],
  count: number,
  before: number,
  asking: Asking,
): Promise<readonly number[]> {
  const messages = chatPrompt(scene, {
    task: 'Choose the command that best serves the rest of the game. Answer with that command alone, written as in the list.',
    options: scene.validActions.map(oneLine).map((command) => `- ${command}`),
    question: 'Answer with one command.',
  })
  // Its own seed for each request: equal questions would be answered from the tape, and with the same samples.
  const seed = Math.floor(randomStream('samples', asking.place, before).next() * 2 ** 31)
  const body = { messages, max_tokens: answerTokens, temperature: 1, n: count, seed }
  return asking.ask({ path: '/chat/completions', body }, (completion) => {
    const indices = usable(completion).map((text) => names.indexOf(spoken(text)))
    return { value: indices.slice(0, count), strangers: indices.filter((index) => index < 0).length }
  })
}

/** Of several choices those that say something; throws the last fault where none does. */
function usable({ choices }: Completion): readonly string[] {
  let unusable = new UnusableAnswer('empty', 'gave an empty answer')
  const texts = choices.flatMap((choice: Choice) => {
    try {
      return [writtenText(choice)]
    } catch (error) {
      if (!(error instanceof UnusableAnswer)) throw error
      unusable = error
      return []
    }
  })
  if (texts.length === 0) throw unusable
  return texts
}

/** A command as a model may write it: on the last line, in other case, behind a prompt or a bullet, in quotes. */
function spoken(text: string): string {
  const last = text.trim().split('\n').at(-1) ?? ''
  return oneLine(last)
    .toLowerCase()
    .replace(/^[>\-*\s]+/u, '')
    .replace(/^["'`*]+|["'`*.!]+$/gu, '')
}
