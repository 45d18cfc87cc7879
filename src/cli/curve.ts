import type { RecordedRun } from '../../harness/index.ts'
import { learnSummary } from '../../reports/index.ts'
import { plainLine } from '../tui/plain-text.ts'
import { deviationLine } from './deviation-line.ts'
import { print } from './output.ts'
import { protocolLine } from './protocol-line.ts'

/** A learning curve for people: a line an episode, and what it comes to under which protocol. */
export function printCurve(run: RecordedRun): void {
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
  print(`mean ${mean.toFixed(2)}, last five ${lastFive.toFixed(2)}, final ${final}, best ${best}${of}${area}`)
  print(run.directory)
}
