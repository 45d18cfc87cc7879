import type { Evidence } from '../../harness/index.ts'
import type { TableRow } from './advantage-rows.ts'
import { clip } from './columns.ts'
import { decimal } from './figures.ts'
import { plainLine } from './plain-text.ts'
import { bold, dim, fitted, type Line, line, type Span, span } from './spans.ts'
import type { TurnOutcome } from './turn-history.ts'
import { pointsOf } from './view-model.ts'
import { wordWrap } from './word-wrap.ts'

/** Finds what came of a remembered turn; null where this screen has not seen it. */
export type Recall = (run: string, episode: number, turn: number) => TurnOutcome | null

/** Why the selected command stands where it does: the memories behind it, and what happened then. */
export function whyPane(row: TableRow, recall: Recall, columns: number): readonly Line[] {
  const { command, visits, q, advantage, evidence } = row
  const known =
    q === null ? 'never tried here' : `seen ${visits} ${visits === 1 ? 'time' : 'times'}, Q ${decimal(q, 9)}`
  const title: Line = [
    span('why ', dim),
    span(clip(command, Math.max(8, columns - 40)), bold),
    span(`  ${known}, A ${decimal(advantage, 9, 'always')}`),
  ]
  const none = visits === 0 ? noMemory(advantage) : 'The policy names no memory behind it.'
  const memories =
    evidence.length === 0
      ? wordWrap(none, columns).map((text) => line(text, dim))
      : evidence.flatMap((item) => memory(item, recall, columns))
  return [fitted(title, columns), ...memories]
}

function noMemory(advantage: number): string {
  if (advantage === 0) return 'No memory speaks for it or against it: the base policy decides.'
  return 'No memory of it: its advantage is what the unknown is hoped to be worth.'
}

function memory(evidence: Evidence, recall: Recall, columns: number): readonly Line[] {
  const { run, episode, turn } = evidence
  const then = recall(run, episode, turn)
  const known =
    evidence.type === 'neighbour'
      ? `similarity ${decimal(evidence.similarity, 4)}, return ${decimal(evidence.return, 7)}`
      : `→ ${plainLine(evidence.next.split(' | ').slice(0, 2).filter(Boolean).join(', '))}`
  const points = then ? then.points : evidence.type === 'transition' ? evidence.reward : 0
  const end = then?.finalScore == null ? '' : `, ended with ${then.finalScore}`
  const head: readonly Span[] = [
    span(`episode ${episode} turn ${turn}  `, { colour: 'cyan' }),
    span(known),
    ...(points === 0 ? [] : [span(`  ${pointsOf(points)}`, { bold: true, colour: points > 0 ? 'green' : 'red' })]),
    span(end, dim),
  ]
  const from = then ? [] : [span(`  ${plainLine(run)}`, dim)]
  if (!then) return [fitted([...head, ...from], columns)]
  const text = plainLine(then.text.replace(/>\s*$/, ''))
  return [fitted(head, columns), line(clip(`  > ${plainLine(then.command)}: ${text}`, columns), dim)]
}
