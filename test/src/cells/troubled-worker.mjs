// A worker as the program's own, but for what goes wrong with it: at turn 3 of episode 2 it hangs or dies, as often as
// the file `trouble` in the cell's folder has letters left, each of which says how.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { Recorder } from '../../../dist/harness/index.js'
import playCell from '../../../dist/src/cells/cell-worker.js'

const { write } = Recorder.prototype
let folder = ''

Recorder.prototype.write = function (event) {
  write.call(this, event)
  if (event.type === 'stepped' && event.episode === 2 && event.turn === 3) trouble(join(folder, 'trouble'))
}

export default function (task) {
  folder = task.request.out
  return playCell(task)
}

function trouble(file) {
  const letters = readFileSync(file, 'utf8')
  if (letters === '') return
  writeFileSync(file, letters.slice(1))
  if (letters[0] === 'd') process.exit(3)
  // Hangs, without keeping the machine from what else it has to do.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
