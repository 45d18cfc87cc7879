import process from 'node:process'
import {
  type Asker,
  drawsFromModel,
  LexicalPrior,
  MeteredPrior,
  type ModelProbed,
  type ModelSettings,
  type Overrides,
  openModel,
  type Policy,
  ServerDecodedPolicy,
  type TextModel,
} from '../harness/index.ts'
import type { ExperienceStore } from '../memory/index.ts'
import { openPolicy } from './open-policy.ts'
import { TerminalPlayer } from './terminal-player.ts'

/** What the base policy of a run is asked, and who plays upon it. */
export interface Players {
  readonly prior: MeteredPrior
  /** The model behind it, for who has it write; null for the lexical prior. */
  readonly writer: TextModel | null
  /** How the model is asked; null for the lexical prior. */
  readonly probed: ModelProbed | null
  /** Who a command line calls by that name, remembering in that store. */
  policy(spec: string, options: PolicyOptions): Promise<Policy>
  /** Lets go of the terminal, where a person at it was to play. */
  close(): void
}

interface PolicyOptions {
  readonly store: ExperienceStore
  readonly parameters: Overrides
  readonly seed: number
}

/**
 * `tape`: under what name the model's answers are kept: several runs may share a folder. Once the asker's signal
 * is aborted, the model is neither asked nor waited for: who does is thrown its reason.
 */
export async function openPlayers(
  model: ModelSettings | null,
  temperature: number,
  tape: string,
  asker: Asker = {},
): Promise<Players> {
  const opened = model && (await openModel(model, process.env, tape, temperature, asker))
  const prior = new MeteredPrior(opened?.prior ?? new LexicalPrior())
  const terminal = new TerminalPlayer()
  const writer = opened && prior.metered(opened.writer)
  return {
    prior,
    writer,
    probed: opened && { type: 'model-probed', ...opened.probe, rung: opened.prior.rung },
    async policy(spec, { store, parameters, seed }) {
      const deps = { prior, store, temperature, seed, overrides: parameters, ...(writer && { model: writer }) }
      const policy = await openPolicy(spec, deps, terminal)
      return opened?.sampler && drawsFromModel(policy.info)
        ? new ServerDecodedPolicy(policy, opened.sampler, prior)
        : policy
    },
    close: () => terminal.close(),
  }
}
