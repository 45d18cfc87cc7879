import type { RunEvent } from '../harness/index.ts'
import { type Judged, PriorJudge } from './calibration.ts'
import { type Lesson, LessonKeeper } from './lessons.ts'
import { AnswerCounter, type ModelAnswers } from './model-answers.ts'
import type { ReportedRun } from './reported-run.ts'
import { type RoomMap, RoomMapper } from './room-map.ts'
import { ConductCounter, type RunConduct } from './run-conduct.ts'
import { type ArchivedEpisode, type TextTable, TurnArchivist } from './turn-archive.ts'

/** What a page shows of a run's events. */
export interface RunDigest {
  readonly conduct: RunConduct
  readonly map: RoomMap
  readonly lessons: readonly Lesson[]
  readonly situations: readonly Judged[]
  readonly answers: ModelAnswers
  readonly turns: readonly ArchivedEpisode[]
}

export interface DigestedRun extends ReportedRun {
  readonly digest: RunDigest
  /** Which of the page's tables of texts its turns refer to. */
  readonly textTable: number
}

/** Reads a run's events once, line by line: a log may be larger than memory should hold. */
export async function digestRun(events: AsyncIterable<RunEvent>, texts: TextTable): Promise<RunDigest> {
  const conduct = new ConductCounter()
  const map = new RoomMapper()
  const lessons = new LessonKeeper()
  const situations = new PriorJudge()
  const answers = new AnswerCounter()
  const turns = new TurnArchivist(texts)
  for await (const event of events) {
    conduct.take(event)
    map.take(event)
    lessons.take(event)
    situations.take(event)
    answers.take(event)
    turns.take(event)
  }
  return {
    conduct: conduct.result(),
    map: map.result(),
    lessons: lessons.result(),
    situations: situations.result(),
    answers: answers.result(),
    turns: turns.result(),
  }
}
