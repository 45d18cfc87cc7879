import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { headerFile, readRecordedRun } from '../../harness/index.ts'
import { type DigestedRun, gatherRuns, learnSummary, readRuns, runSummary } from '../../reports/index.ts'
import { type RunRequest, startRun } from '../run.ts'
import { plainLine } from '../tui/plain-text.ts'
import { deviationLine } from './deviation-line.ts'
import { print, printJson, tell } from './output.ts'
import { type PlayedOut, playOut } from './play-out.ts'
import { pricesOf } from './price-file.ts'
import { protocolLine } from './protocol-line.ts'

/** Plays a run to its end and prints its learning curve; returns the exit code. */
export async function playCurve(request: RunRequest, json: boolean): Promise<number> {
  const { policy, episodes, out, command, model } = request
  const { signalled, read } =
    policy === 'human' ? await playHere(request) : await playOut([{ label: policy, request }], 1)
  if (signalled !== null) {
    const begun = existsSync(join(out, headerFile))
    const finished = begun ? readRecordedRun(out).episodes.length : 0
    tell(`Stopped after ${finished} of ${episodes} episodes. Resume with: ${command}`)
    return signalled
  }
  for (const run of gatherRuns(read).runs) {
    if (json) printJson(runSummary(run, pricesOf(model)))
    else printCurve(run)
  }
  return 0
}

/** A person is asked by the thread that has the terminal; nothing else may be written there meanwhile. */
async function playHere(request: RunRequest): Promise<PlayedOut> {
  for await (const _ of startRun(request)) {
  }
  return { signalled: null, read: await readRuns([readRecordedRun(request.out)]) }
}

/** For people: a line an episode, and what it comes to under which protocol. */
function printCurve(run: DigestedRun): void {
  const summary = learnSummary(run)
  const { scores, mean, lastFive, final, best, auc, maxScore, policy, seed } = summary
  print(`${plainLine(policy)} on ${protocolLine(summary, [seed])}`)
  const deviation = deviationLine(run.config)
  if (deviation !== null) print(deviation)
  const width = String(scores.length).length
  for (const { episode, score, steps, victory, terminated } of run.episodes) {
    const end = victory ? 'won' : terminated ? 'ended' : 'step limit'
    print(`episode ${String(episode).padStart(width)}  ${String(score).padStart(4)} points  ${steps} turns, ${end}`)
  }
  const of = maxScore === null ? '' : ` of ${maxScore}`
  const area = auc === null ? '' : `, AUC ${auc.toFixed(3)}`
  print(
    `mean ${mean.toFixed(2)} (one seed, no interval), last five ${lastFive.toFixed(2)}, final ${final}, best ${best}${of}${area}`,
  )
  print(run.directory)
}
