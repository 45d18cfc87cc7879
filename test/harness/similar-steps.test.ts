import fc from 'fast-check'
import { expect, it } from 'vitest'
import { similarSteps } from '../../harness/similar-steps.ts'
import { openExperienceStore, setJaccard } from '../../memory/index.ts'

const states = fc.tuple(fc.subarray(['did:a', 'did:b', 'did:c']), fc.subarray(['is:a', 'is:b', 'is:c', 'is:d', 'is:e']))

it('finds by the similarity of parts what a look at everything finds', () => {
  fc.assert(
    fc.property(
      fc.array(states, { minLength: 1, maxLength: 30 }),
      states,
      fc.constantFrom(0, 0.3, 0.5, 1),
      fc.constantFrom(0, 0.5, 0.7, 0.85, 0.95, 1),
      fc.integer({ min: 1, max: 6 }),
      (remembered, asked, historyShare, threshold, k) => {
        const store = openExperienceStore(':memory:')
        const stateOf = (parts: readonly (readonly string[])[]) => {
          return { key: parts.flat().join(), situation: '', tokens: parts.flat() }
        }
        store.addEpisode({
          ...{ run: 'run', episode: 1, gameSeed: 1, score: 0, terminated: false, victory: false },
          steps: remembered.map((parts) => ({ state: stateOf(parts), action: 'wait', reward: 0, terminated: false })),
          finalState: stateOf([]),
        })
        const rest = { similarity: 'parts', historyShare, k, alwaysAbove: 1, perEpisode: 0, threshold } as const
        const found = similarSteps(store, asked.flat(), { ...rest, returns: { gamma: 1 } })
        const all = remembered
          .map(([history, state], index) => ({
            turn: index + 1,
            similarity: historyShare * setJaccard(asked[0], history) + (1 - historyShare) * setJaccard(asked[1], state),
          }))
          .filter(({ similarity }) => similarity >= threshold)
          .sort((a, b) => b.similarity - a.similarity || b.turn - a.turn)
          .slice(0, k)
        expect(found.map(({ turn, similarity }) => ({ turn, similarity }))).toEqual(all)
        store.close()
      },
    ),
    { numRuns: 60 },
  )
})
