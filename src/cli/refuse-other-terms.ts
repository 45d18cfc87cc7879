import { configDifferences, type RunConfig, readRunHeader } from '../../harness/index.ts'
import { handicapsOf } from '../handicaps.ts'
import { storyHash } from '../open-story.ts'
import type { RunRequest } from '../run.ts'
import { memoryHandicap } from '../starting-memory.ts'
import { comparedFoldersIn } from './runs-in.ts'
import { UsageError } from './usage-error.ts'

/**
 * Throws `UsageError` where a run in the folder, begun or finished, differs from those that are to be played there in
 * more than policy and seed, so that no result could be made of them. Policy and seed may be new.
 */
export function refuseOtherTerms(directory: string, requests: readonly RunRequest[]): void {
  const recorded = comparedFoldersIn(directory).map((folder) => ({ folder, config: readRunHeader(folder).config }))
  if (recorded.length === 0) return
  const asked = termsAsked(
    requests,
    requests.map(({ out }) => recorded.find(({ folder }) => folder === out)?.config),
  )
  for (const { folder, config } of recorded) {
    const differences = configDifferences(termsOf(config), asked)
    if (differences.length === 0) continue
    throw new UsageError(
      `${folder} cannot be compared with what is asked for (${differences.join('; ')}): name another folder by --out.`,
    )
  }
}

/** What all runs of a comparison have in common, as far as it is known before one is played. */
function termsOf({ story, prior, gameSeed, episodes, stepLimit, temperature, handicaps }: RunConfig) {
  const { sha256 } = story
  return {
    ...{ story: { sha256 }, prior: { name: prior.name }, gameSeed, episodes, stepLimit, temperature },
    handicaps: handicaps.toSorted().join('; '),
  }
}

/** `begun`: the runs as they are recorded, as far as they are. */
function termsAsked(
  requests: readonly RunRequest[],
  begun: readonly (RunConfig | undefined)[],
): ReturnType<typeof termsOf> {
  const request = requests[0]!
  const { story, model, memory, gameSeed, episodes, stepLimit, temperature } = request
  // A run goes on with the memory as it was, whatever it has grown to; one that is new takes all of it.
  const goesOn = begun.every((config) => config !== undefined) ? (begun[0]?.handicaps ?? null) : null
  const handicaps = handicapsOf(request, memory && memoryHandicap(memory, goesOn))
  return {
    story: { sha256: storyHash(story) },
    prior: { name: model ? `openai:${model.model}` : 'lexical' },
    ...{ gameSeed, episodes, stepLimit, temperature },
    handicaps: handicaps.toSorted().join('; '),
  }
}
