import type { Command } from './command.ts'

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'watch',
    summary: 'Watch an agent play and learn, on the terminal',
    load: async () => (await import('./watch.ts')).watch,
  },
  {
    name: 'learn',
    summary: 'Play episodes of a story and print the learning curve',
    load: async () => (await import('./learn.ts')).learn,
  },
  {
    name: 'compare',
    summary: 'Play policies side by side on the same seeds, prior and valid actions',
    load: async () => (await import('./compare.ts')).compare,
  },
  {
    name: 'sweep',
    summary: "Play every combination of a policy's parameters on the same seeds",
    load: async () => (await import('./sweep.ts')).sweep,
  },
  {
    name: 'cell',
    summary: 'Play one cell of an experiment, as its JSON describes it',
    load: async () => (await import('./cell.ts')).cell,
  },
  {
    name: 'play',
    summary: 'Play a story yourself, or have a script played',
    load: async () => (await import('./play.ts')).play,
  },
  {
    name: 'actions',
    summary: 'List the commands that would change the world now, and "wait"',
    load: async () => (await import('./actions.ts')).actions,
  },
  {
    name: 'replay',
    summary: 'Show a recorded run again, or verify it',
    load: async () => (await import('./replay.ts')).replay,
  },
  {
    name: 'fork',
    summary: 'Go on from a recorded turn with another policy, and see both outcomes',
    load: async () => (await import('./fork.ts')).fork,
  },
  {
    name: 'report',
    summary: 'Write one offline HTML page, and a CSV beside it, about recorded runs',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'export',
    summary: 'Write recorded turns as JSON lines, Parquet or Minari-shaped data',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'games list',
    summary: 'List the stories that can be played by id',
    load: async () => (await import('./games.ts')).gamesList,
  },
  {
    name: 'games info',
    summary: 'Say what a story file is, and how its player, score and moves were found',
    load: async () => (await import('./games.ts')).gamesInfo,
  },
  {
    name: 'games fetch',
    summary: 'Get stories from the network, each checked by its hash',
    load: async () => (await import('./games.ts')).gamesFetch,
  },
  {
    name: 'games add',
    summary: 'Keep a copy of a story, so that it can be played by id',
    load: async () => (await import('./games.ts')).gamesAdd,
  },
  {
    name: 'memory stats',
    summary: 'Count what a memory holds, and say where it comes from',
    load: async () => (await import('./memory-stats.ts')).memoryStats,
  },
  {
    name: 'memory query',
    summary: 'Show what would be recalled in a state, and from where',
    load: async () => (await import('./memory-query.ts')).memoryQuery,
  },
  {
    name: 'memory prune',
    summary: 'Forget episodes until few enough experiences are left',
    load: async () => (await import('./memory-care.ts')).memoryPrune,
  },
  {
    name: 'memory forget',
    summary: 'Forget single episodes',
    load: async () => (await import('./memory-care.ts')).memoryForget,
  },
  {
    name: 'memory export',
    summary: 'Write the episodes of a memory as JSON lines or Parquet',
    load: async () => (await import('./memory-transfer.ts')).memoryExport,
  },
  {
    name: 'memory import',
    summary: 'Take episodes from an export or another memory',
    load: async () => (await import('./memory-transfer.ts')).memoryImport,
  },
  {
    name: 'memory check',
    summary: 'Verify a memory and say what to do',
    load: async () => (await import('./memory-care.ts')).memoryCheck,
  },
]
