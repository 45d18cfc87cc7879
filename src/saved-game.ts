import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { StoryInfo } from '../games/index.ts'

/** What a game is saved as: what was typed. The same story and seed lead to the same place; `--commands` reads it, too. */
const savedGame = z.object({
  story: z.object({ title: z.string(), sha256: z.string() }),
  seed: z.number(),
  commands: z.array(z.string()),
})

export function saveGame(path: string, { title, sha256 }: StoryInfo, seed: number, commands: readonly string[]): void {
  writeFileSync(path, `${JSON.stringify({ story: { title, sha256 }, seed, commands }, null, 2)}\n`)
}

/** The commands of a saved game. Throws where the file is none, or is one of another story or seed. */
export function readSavedGame(path: string, { title, sha256 }: StoryInfo, seed: number): readonly string[] {
  const parsed = savedGame.safeParse(parseJson(path))
  if (!parsed.success) throw new Error(`${path} is no saved game: name a file that "save" has written.`)
  const { data } = parsed
  if (data.story.sha256 !== sha256)
    throw new Error(`${path} is a game of ${data.story.title}, not of this file of ${title}.`)
  if (data.seed !== seed) throw new Error(`${path} was played with seed ${data.seed}: start with --seed ${data.seed}.`)
  return data.commands
}

function parseJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Error(`${path} cannot be read: name a file that "save" has written.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
