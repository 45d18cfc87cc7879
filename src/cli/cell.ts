import { z } from 'zod'
import { readCell } from '../cells/cell.ts'
import { defineCommand } from './command.ts'
import { commandLine } from './command-line.ts'
import { playCurve } from './curve.ts'
import { folder, json } from './flags.ts'

export const cell = defineCommand({
  details: [
    'FILE.json holds all that decides what is played, DIR all that comes of it: whoever has a copy of the file and of the',
    'story can play the cell, and go on with a DIR that was broken off. "grue compare" and "grue sweep" leave one as',
    'cell.json in the folder of each cell.',
  ].join(' '),
  schema: z.object({
    file: z.string().meta({ operand: 'FILE.json', description: 'The description of a cell' }),
    out: folder().meta({ value: 'DIR', description: 'The folder of the run' }),
    json,
  }),
  run({ file, out, json }) {
    return playCurve({ ...readCell(file), out, command: commandLine() }, json)
  },
})
