// What glkote-term's Glk shows: reads [{ path, seed, commands }] as JSON from stdin, prints the texts of each story, by
// turn, as JSON. A process of its own, for that Glk and ifvms keep their state in the module.
import { readFileSync } from 'node:fs'
import { openGlkote } from '../bench/games/glkote-player.js'

const stories = JSON.parse(readFileSync(0, 'utf8'))
const transcripts = stories.map(({ path, seed, commands }) => {
  const player = openGlkote({ bytes: new Uint8Array(readFileSync(path)), seed })
  return [player.text, ...commands.map((command) => player.step(command))]
})
process.stdout.write(JSON.stringify(transcripts))
