import type { Scene } from './prompt.ts'

/** Where a question is asked that comes before the first episode. */
export const probePlace = 'probe'

/** What a server is tried out on: a scene as a run has them, in which every sensible answer is possible. */
export const probeScene: Scene = {
  observation: {
    text: 'You are in a small hall. A passage leads north. A brass lamp stands on the floor.',
    location: 'Hall',
    inventory: [],
    score: 0,
    maxScore: 10,
    moves: 0,
    input: 'line',
  },
  history: [],
  validActions: ['north', 'take lamp', 'wait'],
}
