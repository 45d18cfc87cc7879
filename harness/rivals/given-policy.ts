import { createHash } from 'node:crypto'
import type { Candidate, Decision, Policy, PolicyInfo, Rng, View } from '../contracts.ts'
import { logSoftmax } from '../softmax.ts'
import { noEstimate, tiltedDecision } from '../tilt.ts'

/** Somebody to ask what to do; rejects when there is nobody any more. */
export type Player = (view: View) => Promise<string>

/** Commands from outside: it learns nothing, and what it is given need not be among the valid ones. */
class GivenPolicy implements Policy {
  readonly info: PolicyInfo
  readonly #source: 'script' | 'person'
  readonly #next: (view: View) => Promise<string> | string

  constructor(info: PolicyInfo, source: 'script' | 'person', next: (view: View) => Promise<string> | string) {
    this.info = info
    this.#source = source
    this.#next = next
  }

  begin(): void {}

  async decide(view: View, rng: Rng): Promise<Decision> {
    const chosen = await this.#next(view)
    const actions = view.validActions.includes(chosen) ? view.validActions : [...view.validActions, chosen]
    const uniform = logSoftmax(actions.map(() => 0))
    const decision = tiltedDecision({ ...view, validActions: actions }, uniform, noEstimate(actions), 0, rng.next())
    const candidates = decision.candidates.map((candidate): Candidate => {
      const given = candidate.action === chosen
      const source = given && !view.validActions.includes(chosen) ? this.#source : candidate.source
      return { ...candidate, source, probability: given ? 1 : 0 }
    })
    return { ...decision, candidates, chosen, staticChoice: chosen }
  }

  observe(): void {}

  end(): void {}
}

/** Plays a script's commands, the same in every episode, and waits when it has no more: an oracle to compare with. */
export function walkthroughPolicy(commands: readonly string[]): Policy {
  const digest = createHash('sha256').update(JSON.stringify(commands)).digest('hex').slice(0, 8)
  const parameters = { commands: commands.length, digest }
  return new GivenPolicy({ name: 'walkthrough', parameters }, 'script', ({ turn }) => commands[turn - 1] ?? 'wait')
}

/** A person plays, with the same stories, seeds and step limit as everybody else. */
export function humanPolicy(player: Player): Policy {
  return new GivenPolicy({ name: 'human', parameters: {} }, 'person', player)
}
