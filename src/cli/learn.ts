import { z } from 'zod'
import { storyId } from '../open-story.ts'
import { defineCommand } from './command.ts'
import { playCurve } from './curve.ts'
import { folder, json, story, wholeNumber } from './flags.ts'
import { memoryFlags, memoryLimitFlags } from './memory-flags.ts'
import { planRuns } from './plan-runs.ts'
import { policy, runFlags, settings } from './run-flags.ts'
import { runFolder } from './run-folder.ts'
import { refuseToHideRuns } from './runs-in.ts'

export const learn = defineCommand({
  details: [
    'A run in DIR that was broken off is resumed and ends as if it had never stopped; one that is finished is printed again.',
    'DIR holds run.json, events.jsonl and memory.db. "grue replay DIR" shows it, "grue report DIR" draws the curve.',
  ].join('\n'),
  schema: z.object({
    story,
    episodes: wholeNumber(1).prefault('50').meta({ value: 'N', description: 'How many episodes' }),
    steps: wholeNumber(1).prefault('60').meta({ value: 'M', description: 'Most turns of an episode' }),
    policy: policy().prefault('jitrl').meta({
      value: 'P',
      description: 'Who plays: jitrl, static, random, one of the others in docs/policies.md, or ./FILE.js',
    }),
    set: settings().prefault([]).meta({ value: 'NAME=X', description: 'Set a parameter of the policy; repeatable' }),
    seed: wholeNumber(0).prefault('1').meta({ value: 'S', description: "The run's seed" }),
    ...runFlags,
    ...memoryFlags,
    ...memoryLimitFlags,
    out: folder().optional().meta({ value: 'DIR', description: 'The folder of the run, else runs/STORY-POLICY-seedS' }),
    json,
  }),
  async run({ policy, set, seed, out, json, ...flags }) {
    const id = storyId(flags.story)
    const directory = out ?? runFolder(id, policy, seed)
    refuseToHideRuns(directory)
    const request = planRuns(flags, [policy], directory)({ policy, seed, parameters: set, out: directory })
    return playCurve(request, json)
  },
})
