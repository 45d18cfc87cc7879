import type { ReactElement } from 'react'
import { points, signedPoints } from './format.ts'
import type { Lesson, Memory } from './lessons.ts'

/** A lesson of one run, which the turn browser knows by its place among the runs. */
export interface LessonOfRun extends Lesson {
  readonly run: number
  readonly policy: string
  readonly seed: number
}

export function Lessons({ lessons }: { readonly lessons: readonly LessonOfRun[] }): ReactElement {
  return (
    <ol className="lessons">
      {lessons.map((lesson) => (
        <li key={`${lesson.run} ${lesson.episode} ${lesson.turn} ${lesson.command}`}>
          <p>
            <kbd>&gt; {lesson.command}</kbd> <span className="soft">at</span> {lesson.summary}
          </p>
          <p className="measure">
            Logit {signedPoints(lesson.raised)} above the average there
            {lesson.q !== null && `, return ${points(lesson.q, 2)}`}: probability {points(lesson.prior, 3)} →{' '}
            <strong>{points(lesson.probability, 3)}</strong>
            <span className="soft">
              {' '}
              · {lesson.policy}, seed {lesson.seed},{' '}
              <TurnLink run={lesson.run} episode={lesson.episode} turn={lesson.turn} />
            </span>
          </p>
          <Memories run={lesson.run} memories={lesson.memories.slice(0, 1)} />
          {lesson.memories.length > 1 && (
            <details>
              <summary>{moreMemories(lesson)}</summary>
              <Memories run={lesson.run} memories={lesson.memories.slice(1)} />
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}

function moreMemories({ memories, remembered }: Lesson): string {
  const more = memories.length - 1
  const shown = more === 1 ? 'one more memory' : `${more} more memories`
  return remembered > memories.length ? `${shown} of ${remembered}` : shown
}

function Memories({ run, memories }: { readonly run: number; readonly memories: readonly Memory[] }): ReactElement {
  return (
    <ul>
      {memories.map((memory) => (
        <li key={`${memory.run} ${memory.episode} ${memory.turn}`}>
          <Remembered memory={memory} run={run} />
        </li>
      ))}
    </ul>
  )
}

function Remembered({ memory, run }: { readonly memory: Memory; readonly run: number }): ReactElement {
  const { worth } = memory
  return (
    <>
      {memory.run === null ? (
        <TurnLink run={run} episode={memory.episode} turn={memory.turn} />
      ) : (
        `${memory.run}, episode ${memory.episode}, turn ${memory.turn}`
      )}
      {worth.type === 'return'
        ? `: a return of ${points(worth.points, 2)}, similarity ${points(worth.similarity, 2)}. `
        : `: earned ${points(worth.points, 0)}. `}
      {memory.command !== null && <kbd>&gt; {memory.command}</kbd>}{' '}
      {memory.answer !== null && <q>{excerpt(memory.answer)}</q>}
    </>
  )
}

function TurnLink(place: { readonly run: number; readonly episode: number; readonly turn: number }): ReactElement {
  const { run, episode, turn } = place
  return (
    <a href={`#turn-${run}-${episode}-${turn}`}>
      episode {episode}, turn {turn}
    </a>
  )
}

const LONGEST = 180

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
}

/** Of several runs the best few: each room and command once, the logit that rose most first. */
export function bestLessons(lessons: readonly LessonOfRun[], most: number): readonly LessonOfRun[] {
  const sorted = lessons.toSorted((a, b) => b.raised - a.raised || (b.q ?? 0) - (a.q ?? 0))
  const seen = new Set<string>()
  return sorted
    .filter(({ summary, command }) => {
      const key = JSON.stringify([summary.split('][')[0], command])
      return seen.has(key) ? false : seen.add(key)
    })
    .slice(0, most)
}
