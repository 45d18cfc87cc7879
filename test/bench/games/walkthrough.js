// The shared walkthroughs: the same commands for us and for the peers.
import { existsSync, readFileSync } from 'node:fs'

const shared = new URL('../../../../shared/', import.meta.url)

/** Why the walkthroughs cannot be played here, or null. */
export function whyNot() {
  return existsSync(new URL('reference/walkthroughs/', shared)) ? null : 'needs the walkthroughs in ../shared'
}

/** The story's bytes, the seed of its random numbers, the commands. */
export function readWalkthrough(game) {
  const own = new URL(`../../../games/stories/${game}/`, import.meta.url)
  if (existsSync(own)) {
    const { seed, commands } = JSON.parse(readFileSync(new URL('walkthrough.json', own), 'utf8'))
    return { bytes: new Uint8Array(readFileSync(new URL(`${game}.z5`, own))), seed, commands }
  }
  const { story, seed, commands } = JSON.parse(
    readFileSync(new URL(`reference/walkthroughs/${game}.json`, shared), 'utf8'),
  )
  return { bytes: new Uint8Array(readFileSync(new URL(`games/${story}`, shared))), seed, commands }
}

/** Processor time of this process so far, in ms: on a busy machine the clock would measure the others. */
export function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
