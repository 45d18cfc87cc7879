import { fork } from 'node:child_process'

/** Opens the memory at `path` in a process of its own: { ms, megabytes }, the latter the most that the process took. */
export function openApart(path) {
  const child = fork(new URL('./open.js', import.meta.url), [path])
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`open.js ended with ${code}`)))
  })
}
