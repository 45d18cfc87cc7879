import type { TextModel, View } from '../contracts.ts'
import type { Proposer } from '../proposed-candidates.ts'
import { chatPrompt } from './prompt.ts'
import { oneLine } from './quotation.ts'

/** A model that is shown the valid commands and names the few that it would choose from. */
export class ModelProposals implements Proposer {
  readonly #model: TextModel
  readonly #count: number

  constructor(model: TextModel, count: number) {
    this.#model = model
    this.#count = count
  }

  /** What is on no list is counted in the call's record (`strangers`), and no candidate. */
  async propose(view: View): Promise<readonly string[]> {
    const { episode, turn, validActions } = view
    if (validActions.length <= this.#count) return validActions
    const [rules, question] = chatPrompt(view, {
      task: `Name the ${this.#count} commands that best serve the rest of the game, the best first. Write them as in the list, one a line, and nothing else.`,
      options: validActions.map((command) => `- ${oneLine(command)}`),
      question: `Answer with ${this.#count} commands.`,
    })
    const byName = new Map(validActions.map((command) => [spoken(command), command]))
    const { text } = await this.#model.write({
      purpose: 'propose',
      place: `${episode}.${turn}`,
      instructions: rules?.content ?? '',
      prompt: question?.content ?? '',
      judge(answer) {
        const names = namesIn(answer)
        const strangers = names.filter((name) => !byName.has(name)).length
        return strangers === names.length ? { strangers, fault: 'off the list' } : { strangers }
      },
    })
    const known = namesIn(text ?? '').flatMap((name) => byName.get(name) ?? [])
    return [...new Set(known)].slice(0, this.#count)
  }
}

function namesIn(answer: string): readonly string[] {
  return answer
    .split('\n')
    .map(spoken)
    .filter((name) => name !== '')
}

/** A command as a model may write it: in other case, behind a bullet or a number, in quotes, with a full stop. */
function spoken(text: string): string {
  return oneLine(text)
    .toLowerCase()
    .replace(/^(?:[>\-*\s]+|\d+[.)]\s*)+/u, '')
    .replace(/^["'`*]+|["'`*.!]+$/gu, '')
}
