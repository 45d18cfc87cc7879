import { actions } from './actions.ts'
import type { Command } from './command.ts'
import { compare } from './compare.ts'
import { gamesAdd, gamesList } from './games.ts'
import { learn } from './learn.ts'
import { memoryStats } from './memory.ts'
import { play } from './play.ts'
import { replay } from './replay.ts'
import { report } from './report.ts'
import { watch } from './watch.ts'

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  watch,
  learn,
  compare,
  play,
  actions,
  replay,
  report,
  gamesList,
  gamesAdd,
  memoryStats,
]
