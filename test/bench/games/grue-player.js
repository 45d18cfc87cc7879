// Ours, through the public environment.
import { openEnvironment } from '../../../dist/games/index.js'

export function openGrue({ bytes, seed }) {
  const environment = openEnvironment(bytes)
  environment.reset({ seed })
  const first = environment.snapshot()
  return {
    step: (command) => environment.step(command).observation.text,
    restart: () => environment.restore(first),
    save: () => environment.snapshot(),
    load: (snapshot) => environment.restore(snapshot),
  }
}
