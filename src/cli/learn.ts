import { join } from 'node:path'
import { z } from 'zod'
import { readRecordedRun, temperatureOf } from '../../harness/index.ts'
import { learnSummary } from '../../reports/index.ts'
import { openStory } from '../open-story.ts'
import { type RunRequest, startRun } from '../run.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { printCurve } from './curve.ts'
import { json, story, wholeNumber } from './flags.ts'
import { learnerOf, privilegesOf } from './learner-flags.ts'
import { memoryFlags, memoryLimitFlags, memoryLimitOf, memoryOf } from './memory-flags.ts'
import { modelOf } from './model-flags.ts'
import { printJson, tell } from './output.ts'
import { playOut } from './play-out.ts'
import { policy, runFlags, settings } from './run-flags.ts'
import { runFolder } from './run-folder.ts'

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
    out: z
      .string()
      .optional()
      .meta({ value: 'DIR', description: 'The folder of the run, else runs/STORY-POLICY-seedS' }),
    json,
  }),
  async run({ story, episodes, steps, policy, set, seed, gameSeed, out, json, ...asked }) {
    const { temperature = temperatureOf([policy]) } = asked
    const environment = openStory(story)
    const directory = out ?? runFolder(environment.story.id, policy, seed)
    const request = {
      story,
      policy,
      parameters: { ...set, ...learnerOf(asked, [policy])(policy) },
      ...privilegesOf(asked),
      model: modelOf(asked, join(directory, 'answers'), [policy]),
      memory: memoryOf(asked),
      memoryLimit: memoryLimitOf(asked, [policy]),
      seed,
      gameSeed,
      episodes,
      stepLimit: steps,
      temperature,
      out: directory,
      command: commandLine(),
    }
    const signalled = policy === 'human' ? await playHere(request) : await playOut([{ label: policy, request }], 1)
    const run = readRecordedRun(directory)
    if (signalled !== null) {
      tell(`Stopped after ${run.episodes.length} of ${episodes} episodes. Resume with: ${request.command}`)
      return signalled
    }
    if (json) printJson(learnSummary(run))
    else printCurve(run)
    return 0
  },
})

/** A person is asked by the thread that has the terminal; nothing else may be written there meanwhile. */
async function playHere(request: RunRequest): Promise<null> {
  for await (const _ of startRun(request)) {
  }
  return null
}
