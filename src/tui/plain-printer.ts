import type { RunEvent } from '../../harness/index.ts'
import { counted } from './figures.ts'
import { emptyView, pointsOf, reduce, scoreOf, type ViewModel } from './view-model.ts'

/**
 * A run as plain lines without any escape code: a header, a line a turn, a line an episode.
 * Without line ends; what is returned is the state the run ended in.
 */
export async function* plainLines(turns: AsyncIterable<readonly RunEvent[]>): AsyncGenerator<string, ViewModel> {
  let view = emptyView
  for await (const events of turns) {
    for (const event of events) {
      view = reduce(view, event)
      yield* linesOf(event, view)
    }
  }
  return view
}

function linesOf(event: RunEvent, view: ViewModel): readonly string[] {
  switch (event.type) {
    case 'run-started':
      return [headerLine(view)]
    case 'observed':
      return event.turn > 0 ? [turnLine(view)] : []
    case 'episode-ended':
      return lastNotice(view)
    default:
      return []
  }
}

function headerLine({ header }: ViewModel): string {
  if (!header) return ''
  const prior = `prior ${header.prior} (${header.rung})`
  const protocol = `${counted(header.episodes, 'episode')} x ${counted(header.stepLimit, 'step')}, seed ${header.seed}`
  return `${header.story} (${header.release}), ${header.policy}, ${prior}, ${protocol}`
}

function turnLine(view: ViewModel): string {
  const played = view.story.findLast((block) => block.type === 'command')
  const turn = `${view.episode}.${view.turn}`.padEnd(7)
  const command = (played?.command ?? '').padEnd(30)
  const points = pointsOf(played?.points ?? 0).padStart(4)
  const score = scoreOf(view.score, view.maxScore).padStart(8)
  return `${turn} ${command} ${points} ${score}  ${view.room}`.trimEnd()
}

function lastNotice(view: ViewModel): readonly string[] {
  const notice = view.story.findLast((block) => block.type === 'notice')
  return notice ? notice.text.split('\n') : []
}
