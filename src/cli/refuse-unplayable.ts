import { join } from 'node:path'
import { createPolicy, isPolicyFile, LexicalPrior, refusePolicyFile } from '../../harness/index.ts'
import { openExperienceStore } from '../../memory/index.ts'
import type { RunRequest } from '../run.ts'
import { inTemporaryFolder } from '../temporary-folder.ts'
import { readCommands } from './command-file.ts'

/** What policies are made with that will not play. */
const nobody = { name: 'nobody', write: () => Promise.reject(new Error('Nothing is played yet.')) }

/**
 * Throws what playing one of the runs would throw for its policy, which is not to be had or does not take its parameters:
 * before the first is played.
 */
export function refuseUnplayable(requests: readonly RunRequest[]): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const store = openExperienceStore(join(folder, 'memory.db'))
    try {
      for (const { policy, parameters, temperature, seed, model } of requests) {
        if (isPolicyFile(policy)) await refusePolicyFile(policy)
        else if (policy.startsWith('walkthrough:')) readCommands(policy.slice('walkthrough:'.length))
        else {
          const deps = { prior: new LexicalPrior(), store, temperature, seed, overrides: parameters }
          createPolicy(policy, { ...deps, ...(model && { model: nobody }) })
        }
      }
    } finally {
      store.close()
    }
  })
}
