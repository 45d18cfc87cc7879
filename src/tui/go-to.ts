import type { TurnHistory } from './turn-history.ts'

/** The part of a history that seeking reads. */
export type Marks = Pick<TurnHistory, 'first' | 'length' | 'mark' | 'indexOf'>

export const goToHint = '12, e3, e3.12, score, flip; -score and -flip look back'

/** The turn that a person asks for, or what is wrong with the wish. */
export function goTo(wish: string, at: number, marks: Marks): number | string {
  const text = wish.trim().toLowerCase()
  const back = text.startsWith('-')
  const what = text.replace(/^[-+]/, '')
  if (/^(s|score|points)$/.test(what)) return search(marks, at, back, 'score change', (mark) => mark.points !== 0)
  if (/^(f|flip)$/.test(what)) return search(marks, at, back, 'flip', (mark) => mark.flip)
  const parts = /^(?:e(\d+))?(?:^|[ .]|$)t?(\d+)?$/.exec(text) ?? /^(\d+)\.(\d+)$/.exec(text)
  const here = marks.mark(at)
  const episode = parts?.[1] === undefined ? here?.episode : Number(parts[1])
  const turn = parts?.[2] === undefined ? 0 : Number(parts[2])
  if (!parts || text === '' || episode === undefined) return `Go to what? ${goToHint}.`
  const index = marks.indexOf(episode, turn)
  const found = marks.mark(index)
  if (found?.episode === episode && found.turn === turn) return index
  return `There is no turn ${turn} of episode ${episode} in what was played so far.`
}

function search(
  marks: Marks,
  at: number,
  back: boolean,
  name: string,
  wanted: (mark: NonNullable<ReturnType<Marks['mark']>>) => boolean,
): number | string {
  const step = back ? -1 : 1
  for (let index = at + step; index >= marks.first && index < marks.length; index += step) {
    const mark = marks.mark(index)
    if (mark && wanted(mark)) return index
  }
  return `There is no ${back ? 'earlier' : 'later'} ${name}.`
}
