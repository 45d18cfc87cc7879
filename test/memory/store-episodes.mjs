// Stores the episodes of a JSON file one after another and says after each that it is stored.
// Arguments: the compiled memory/index.js, the memory, the JSON file, how many episodes to leave out.
import { readFileSync, writeSync } from 'node:fs'

const [room, path, episodes, stored] = process.argv.slice(2)
const { openExperienceStore } = await import(room)
const store = openExperienceStore(path)
for (const episode of JSON.parse(readFileSync(episodes, 'utf8')).slice(Number(stored))) {
  store.addEpisode(episode)
  writeSync(process.stdout.fd, `${episode.episode}\n`)
}
