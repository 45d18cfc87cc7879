// A worker that plays nothing and does what its cell's policy says: `play`, `die`, `fail`, or `last`: until it is stopped.
import { once } from 'node:events'
import process from 'node:process'

export default async function ({ request, port }) {
  port.postMessage({ type: 'alive', thread: 0 })
  const tell = (event) => port.postMessage({ type: 'event', event })
  tell({ type: 'run-started' })
  if (request.policy === 'die') process.exit(3)
  if (request.policy === 'fail') return { type: 'failed', name: 'Error', message: 'No model.', stack: '' }
  if (request.policy === 'last') {
    await once(port, 'message')
    port.close()
    return { type: 'stopped' }
  }
  tell({ type: 'run-ended', scores: [] })
  port.close()
  return { type: 'finished' }
}
