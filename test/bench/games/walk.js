// A process that plays a walkthrough with one player and sends what it measured:
// `walk.js PLAYER GAME warm` steps per second after warm-up, `fresh` those of the first 100 steps, `states` the
// milliseconds to save and load a state, mean over the walkthrough.
import { openGlkote } from './glkote-player.js'
import { openGrue } from './grue-player.js'
import { processorTime, readWalkthrough } from './walkthrough.js'

const WARM_UP_MS = 4000
const MEASURED_MS = 4000
const FIRST_STEPS = 100
const SAVES_PER_STATE = 20

const [playerName, game, measure] = process.argv.slice(2)
const walkthrough = readWalkthrough(game)
const player = { grue: openGrue, glkote: openGlkote }[playerName](walkthrough)
// Without the last command: a story that has ended cannot go back.
const commands = walkthrough.commands.slice(0, -1)
process.send({ warm, fresh, states }[measure]())

function warm() {
  passes(WARM_UP_MS)
  return passes(MEASURED_MS)
}

/** Whole walkthroughs until the time is up; steps per second. */
function passes(ms) {
  const start = processorTime()
  let steps = 0
  while (processorTime() - start < ms) {
    player.restart()
    for (const command of commands) player.step(command)
    steps += commands.length
  }
  return (steps / (processorTime() - start)) * 1000
}

function fresh() {
  const start = processorTime()
  for (const command of commands.slice(0, FIRST_STEPS)) player.step(command)
  return (FIRST_STEPS / (processorTime() - start)) * 1000
}

function states() {
  let ms = 0
  let count = 0
  // The first round is the warm-up.
  for (let round = 0; round < 2; round++) {
    ms = 0
    count = 0
    player.restart()
    for (const command of commands) {
      player.step(command)
      const start = processorTime()
      for (let i = 0; i < SAVES_PER_STATE; i++) player.load(player.save())
      ms += processorTime() - start
      count += SAVES_PER_STATE
    }
  }
  return ms / count
}
