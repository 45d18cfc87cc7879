import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { describeWith, GAMES, openShared, readWalkthrough, storyPath, WHOLE } from './shared-stories.ts'

/** Each version, each compiler; commands of each walkthrough. */
const PLAYED = WHOLE ? GAMES : ['905', 'anchor', 'balances', 'detective', 'enchanter', 'trinity', 'zork1']
const STEPS = WHOLE ? Number.POSITIVE_INFINITY : 50

/** Turns in which the story erases the window after it has printed; what it erased was printed all the same. */
const ERASED: Readonly<Record<string, readonly number[]>> = { trinity: [49, 609] }

function commandsOf(game: string): readonly string[] {
  const { commands } = readWalkthrough(game)
  // Its player dies at step 30, where our episode ends; the story goes on to resurrect.
  return commands.slice(0, game === 'inhumane' ? Math.min(STEPS, 30) : STEPS)
}

function shownByGlkote(games: readonly string[]): readonly (readonly string[])[] {
  const stories = games.map((game) => {
    return { path: storyPath(game), seed: readWalkthrough(game).seed, commands: commandsOf(game) }
  })
  const script = fileURLToPath(new URL('./glkote-transcripts.js', import.meta.url))
  const input = JSON.stringify(stories)
  const { stdout, stderr } = spawnSync(process.execPath, [script], { input, encoding: 'utf8', maxBuffer: 1e9 })
  expect(stderr).toBe('')
  return z.array(z.array(z.string())).parse(JSON.parse(stdout))
}

/** Without prompts, and whatever windows are wide. */
function plain(text: string): string {
  return text
    .replace(/[>\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

describeWith(PLAYED, "beside glkote-term's Glk", () => {
  it('every story shows the same text, turn by turn, along its walkthrough', {
    timeout: WHOLE ? 600_000 : 120_000,
  }, () => {
    const differing = shownByGlkote(PLAYED).flatMap((theirs, i) => {
      const game = PLAYED[i] ?? ''
      const environment = openShared(game)
      const { seed } = readWalkthrough(game)
      const ours = [
        environment.reset({ seed }).observation.text,
        ...commandsOf(game).map((command) => environment.step(command).observation.text),
      ]
      return ours.flatMap((text, turn) =>
        ERASED[game]?.includes(turn) || plain(text) === plain(theirs[turn] ?? '') ? [] : `${game} ${turn}`,
      )
    })
    expect(differing).toEqual([])
  })
})
