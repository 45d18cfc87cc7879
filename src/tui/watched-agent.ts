import { setImmediate } from 'node:timers/promises'
import type { RunEvent } from '../../harness/index.ts'
import type { Agent } from './frame.ts'
import { TurnHistory } from './turn-history.ts'

/** One agent on the screen: all of its turns so far. */
export class WatchedAgent {
  readonly history = new TurnHistory()
  /** Whether more turns may come. */
  growing = true

  /** Takes turns in as they come. `taken` hears of each; keys and frames have their time in between. */
  async follow(turns: AsyncIterable<readonly RunEvent[]>, taken: () => void): Promise<void> {
    let began = performance.now()
    for await (const events of turns) {
      this.history.add(events)
      taken()
      if (performance.now() - began < 10) continue
      // What comes from a file comes as a chain of resolved promises, which would keep everything else out.
      await setImmediate()
      began = performance.now()
    }
    this.growing = false
  }

  /** The agent as it was at that turn of the history. */
  at(index: number): Agent {
    const { history } = this
    return { view: history.viewAt(index), recall: (_run, episode, turn) => history.outcome(episode, turn) }
  }
}
