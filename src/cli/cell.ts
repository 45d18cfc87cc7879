import { z } from 'zod'
import { readRecordedRun } from '../../harness/index.ts'
import { learnSummary } from '../../reports/index.ts'
import { readCell } from '../cells/cell.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { printCurve } from './curve.ts'
import { json } from './flags.ts'
import { printJson, tell } from './output.ts'
import { playOut } from './play-out.ts'

export const cell = defineCommand({
  details: [
    'FILE.json holds all that decides what is played, DIR all that comes of it: whoever has a copy of the file and of the',
    'story can play the cell, and go on with a DIR that was broken off. "grue compare" and "grue sweep" leave one as',
    'cell.json in the folder of each cell.',
  ].join(' '),
  schema: z.object({
    file: z.string().meta({ operand: 'FILE.json', description: 'The description of a cell' }),
    out: z.string().meta({ value: 'DIR', description: 'The folder of the run' }),
    json,
  }),
  async run({ file, out, json }) {
    const request = { ...readCell(file), out, command: commandLine() }
    const signalled = await playOut([{ label: request.policy, request }], 1)
    const run = readRecordedRun(out)
    if (signalled !== null) {
      tell(`Stopped after ${run.episodes.length} of ${request.episodes} episodes. Resume with: ${request.command}`)
      return signalled
    }
    if (json) printJson(learnSummary(run))
    else printCurve(run)
    return 0
  },
})
