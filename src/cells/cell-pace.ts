import { type RunRequest, startRun } from '../run.ts'

/** What a turn of a cell takes. */
export interface CellPace {
  readonly turns: number
  readonly milliseconds: number
  /** Of a model's prompts and answers. */
  readonly promptTokens: number
  readonly completionTokens: number
}

/** Of no turn. */
export const noPace: CellPace = { turns: 0, milliseconds: 0, promptTokens: 0, completionTokens: 0 }

/**
 * Plays a cell for a few turns, as it will go on from there, to see what a turn takes. Turns that come later find more in
 * the caches, so this is rather too much. Zero turns where the cell is finished.
 */
export async function measurePace(
  request: RunRequest,
  { turns, milliseconds }: { readonly turns: number; readonly milliseconds: number },
  now: () => number = () => performance.now(),
): Promise<CellPace> {
  const pace = { ...noPace }
  let start = now()
  for await (const event of startRun(request)) {
    // To learn the story is not part of a turn.
    if (event.type === 'observed' && event.turn === 0 && pace.turns === 0) start = now()
    if (event.type === 'model-called') {
      pace.promptTokens += event.call.promptTokens
      pace.completionTokens += event.call.completionTokens
    }
    if (event.type !== 'observed' || event.turn === 0) continue
    pace.turns += 1
    pace.milliseconds = now() - start
    if (pace.turns >= turns || pace.milliseconds >= milliseconds) break
  }
  return pace
}
