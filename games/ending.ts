import { withoutPrompt } from './prompt.ts'

/**
 * How the story says that it is over. Inform and Infocom print a line of its own between stars ("*** You have won ***",
 * Inform Designer's Manual §21); a story may print it and go on by resurrecting the player.
 */
const STARRED = /^[ \t]*\*{3,10}\s*([^*\s](?:[^*\n]*[^*\s])?)\s*\*{3,10}[ \t]*$/gm

/** The question after the last turn, for stories that end without the stars, or with words of their own between them. */
const FINAL_QUESTIONS = [
  /\b(?:would you like|do you want|please|time for)\b[^?]{0,60}\b(?:restart|start over)\b[^?]{0,160}\brestore\b[^?]{0,200}\b(?:quit|end|undo)\b/i,
  /\btype\b[^.?]{0,20}\brestart\b[^.?]{0,60}\brestore\b[^.?]{0,60}\bquit\b/i,
  /\brestart\b(?<=^\W*restart),? (?:or )?\brestore\b[^.?]{0,80}\bquit\b[^.?]{0,20}[?>]/im,
  /\b(?:another game|(?:like|want|care) to play again)\b[^?\n]{0,40}\?\W*(?:\([^)\n]{0,200}\)\W*)?$/i,
]
/** It is the last thing said. Characters: the longest of them, and what may follow its `quit`. */
const QUESTION_LONG = 600
const QUESTION_TRAILS = 100

/** What every one of these holds: few texts do, and those that do not are read no further. */
const MAY_END = /\*{3}|\b(?:restart|start over|another game|play again)\b/i

const WON = /\b(?:won|win|victory|victorious|triumph\w*|congratulations|succeeded)\b/i
const LOST =
  /\b(?:die|died|dead|death|killed|lost|lose|failed|fail|perished|slain|defeated|drowned|doomed|arrested|captured|missed)\b/i
const NOT_WON = /(?:\b(?:not|never)|n['’]t)(?: (?!only)\w+){0,2} (?:won|win|succeeded|triumphed)\b/i
/** Words of loss that are not the player's: "You killed the dragon, and won", "You have defeated the lost king". */
const OF_OTHERS =
  /\b(?:you(?: have|['’]ve)?|and|have)(?: \w+ly)? (?:killed|slain|defeated|captured|arrested)\b(?! (?:by|yourself)\b)|\b(?:the|your|long)[ -](?:lost|dead|doomed)\b|\b(?:escap|cheat|avoid|evad|conquer|surviv)\w* (?:\w+ )?death\b/gi

/** What sets a closing line apart from any other line between stars when the story goes on after it. */
const ABOUT_THE_PLAYER = /^(?:you\b|the end\b|game over\b)/i
const CLOSES_BY_ITSELF = /^(?:the end|game over)\W*$/i
/** The same without stars, which tell how it ended where something else tells that it did. */
const UNSTARRED = new RegExp(
  `^[^\\w\\n]*(you\\b[^\\n]{0,30}(?:${LOST.source}|${WON.source})|the end|game over)[^\\w\\n]*$`,
  'gim',
)

/** Where a turn leaves the machine: stopped, at its main prompt, or where it asks for something else. */
export type Standing = 'stopped' | 'at its prompt' | 'asking'

/** @param position `Machine.position`; null where it has stopped. */
export function standingAt(position: string | null, prompt: string): Standing {
  if (position === null) return 'stopped'
  return position === prompt ? 'at its prompt' : 'asking'
}

export interface Ending {
  readonly terminated: boolean
  /** Null: the text does not tell; a full score then does. */
  readonly victory: boolean | null
  /** The story puts it into words. A machine that only stops may have been told to quit. */
  readonly told: boolean
}

export const GOES_ON: Ending = { terminated: false, victory: false, told: false }

/** Reads a turn's text. At its main prompt the story goes on, whatever a book or a sign says, but for the player's own fate. */
export function readEnding(text: string, standing: Standing): Ending {
  if (standing !== 'stopped' && !MAY_END.test(text)) return GOES_ON
  const starred = linesLike(STARRED, text)
  const decided = starred.some((line) => ABOUT_THE_PLAYER.test(line) && fate(line) !== null)
  const closes = starred.some((line) => CLOSES_BY_ITSELF.test(line)) || asksWhatNow(text)
  if (!decided && (standing === 'at its prompt' || (standing === 'asking' && !closes))) return GOES_ON
  const unstarred = linesLike(UNSTARRED, text)
  const fates = (starred.some((line) => fate(line) !== null) ? starred : unstarred).map(fate)
  const victory = fates.includes(false) ? false : fates.includes(true) ? true : null
  return { terminated: true, victory, told: closes || starred.length > 0 || unstarred.length > 0 }
}

/** @param points Null where the story gives none: then any end that it puts into words is one, but for a loss. */
export function isVictory(
  { terminated, victory, told }: Ending,
  points: number | null,
  maxScore: number | null,
): boolean {
  return terminated && (victory ?? (points === null ? told : points === maxScore))
}

function linesLike(pattern: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, line = '']) => line)
}

/** Whether the line says that the player has won or lost; null where it says neither. */
function fate(line: string): boolean | null {
  if (NOT_WON.test(line) || LOST.test(line.replace(OF_OTHERS, ''))) return false
  return WON.test(line) ? true : null
}

function asksWhatNow(text: string): boolean {
  const last = withoutPrompt(text).slice(-QUESTION_LONG)
  return FINAL_QUESTIONS.some((question) => {
    const found = question.exec(last)
    return found !== null && last.length - found.index - found[0].length <= QUESTION_TRAILS
  })
}
