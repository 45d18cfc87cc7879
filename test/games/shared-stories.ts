import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { describe } from 'vitest'
import { z } from 'zod'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'

/** Reference data and story files that this repository does not carry; whoever has them keeps them beside it. */
const SHARED = resolve(import.meta.dirname, '../../../shared')

/** The stories that there is a walkthrough of. */
export const GAMES = `905 acorncourt advent anchor balances deephome detective enchanter inhumane library ludicorp
  pentari temple trinity zork1 zork2 zork3 ztuu`.split(/\s+/)

/** With GRUE_WHOLE=1 whole walkthroughs are played where otherwise the time allows only for their beginnings. */
const { GRUE_WHOLE } = process.env
export const WHOLE = GRUE_WHOLE === '1'

const walkthrough = z.object({
  game: z.string(),
  story: z.string(),
  seed: z.int(),
  maxScore: z.int(),
  commands: z.array(z.string()),
  score: z.array(z.int()),
  moves: z.array(z.int()),
  doneAfter: z.array(z.boolean()),
  location: z.array(z.string().nullable()),
  inventory: z.array(z.array(z.tuple([z.int(), z.string()])).nullable()),
  worldChanged: z.array(z.boolean()),
})

/** A solution and what Jericho 3.3.1 observed after each of its commands. */
export type Walkthrough = z.infer<typeof walkthrough>

/** A suite that needs story files from outside the repository; without them it is skipped and says so. */
export function describeWith(games: readonly string[], title: string, body: () => void): void {
  const missing = games.filter((game) => !isThere(game))
  describe.skipIf(missing.length > 0)(missing.length > 0 ? `${title} (not in ../shared: ${missing})` : title, body)
}

function isThere(game: string): boolean {
  return existsSync(walkthroughPath(game)) && existsSync(join(SHARED, 'games', readWalkthrough(game).story))
}

function walkthroughPath(game: string): string {
  return join(SHARED, 'reference/walkthroughs', `${game}.json`)
}

export function readWalkthrough(game: string): Walkthrough {
  return walkthrough.parse(JSON.parse(readFileSync(walkthroughPath(game), 'utf8')))
}

export function storyPath(game: string): string {
  return join(SHARED, 'games', readWalkthrough(game).story)
}

export function storyBytes(game: string): Uint8Array {
  return readFileSync(storyPath(game))
}

/** The story at its first prompt, with the seed of its walkthrough. */
export function openShared(game: string): ZMachineEnvironment {
  const environment = openEnvironment(storyBytes(game), { id: game })
  environment.reset({ seed: readWalkthrough(game).seed })
  return environment
}

/** A story file that an installed package brings along for its own tests. */
export function packagedStory(name: string): Uint8Array {
  const root = dirname(createRequire(import.meta.url).resolve('glkote-term/package.json'))
  return readFileSync(join(root, 'tests', name))
}
