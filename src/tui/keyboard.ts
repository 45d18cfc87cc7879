import { readKeys } from './read-keys.ts'

/** How long the rest of an escape sequence may take; the escape key has none. In ms. */
const patience = 40

/** Calls `onKey` for every key that is pressed. The terminal is raw meanwhile. */
export function listenForKeys(stdin: NodeJS.ReadStream, onKey: (key: string) => void): Keyboard {
  let rest = ''
  let timer: NodeJS.Timeout | undefined
  const onData = (data: string) => {
    clearTimeout(timer)
    const { keys, rest: next } = readKeys(rest + data)
    rest = next
    for (const key of keys) onKey(key)
    if (rest === '') return
    timer = setTimeout(() => {
      rest = ''
      onKey('escape')
    }, patience)
  }
  stdin.setEncoding('utf8')
  stdin.setRawMode(true)
  stdin.on('data', onData)
  stdin.resume()
  return {
    suspend: () => stdin.setRawMode(false),
    resume: () => stdin.setRawMode(true),
    close() {
      clearTimeout(timer)
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}

interface Keyboard {
  readonly suspend: () => void
  readonly resume: () => void
  readonly close: () => void
}
