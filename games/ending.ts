/**
 * How the story says that it is over. Inform and Infocom print a line of its own between stars ("*** You have won ***",
 * Inform Designer's Manual §21); a story may print it and go on by resurrecting the player.
 */
const STARRED = /^[ \t]*\*{3,4}\s*([^*\s](?:[^*\n]*[^*\s])?)\s*\*{3,4}[ \t]*$/gm

/** The question after the last turn, for stories that end without the stars, or with words of their own between them. */
const FINAL_QUESTIONS = [
  /\b(?:would you like|do you want|please|time for)\b[^?]{0,60}\b(?:restart|start over)\b[^?]{0,160}\brestore\b[^?]{0,200}\b(?:quit|end|undo)\b/i,
  /\btype\b[^.?]{0,20}\brestart\b[^.?]{0,60}\brestore\b[^.?]{0,60}\bquit\b/i,
  /\brestart\b(?<=^\W*restart),? (?:or )?\brestore\b[^.?]{0,80}\bquit\b[^.?]{0,20}[?>]/im,
  /\b(?:another game|(?:like|want|care) to play again)\b[^?\n]{0,40}\?\W*(?:\([^)\n]{0,200}\)\W*)?$/i,
]

/** What every one of these holds: few texts do, and those that do not are read no further. */
const MAY_END = /\*{3}|\b(?:restart|start over|another game|play again)\b/i

const WON = /\b(?:won|win|victory|victorious|triumph\w*|congratulations|succeeded)\b/i
const LOST =
  /\b(?:die|died|dead|death|killed|lost|lose|failed|fail|perished|slain|defeated|drowned|doomed|arrested|captured)\b/i
/** What sets a closing line apart from any other line between stars when the story goes on after it. */
const ABOUT_THE_PLAYER = /^(?:you\b|the end\b|game over\b)/i
const CLOSES_BY_ITSELF = /^(?:the end|game over)\W*$/i

export interface Ending {
  readonly terminated: boolean
  /** Null: the text does not tell; a full score then does. */
  readonly victory: boolean | null
}

/** Reads a turn's text. `halted`: the machine has stopped. */
export function readEnding(text: string, halted: boolean): Ending {
  if (!halted && !MAY_END.test(text)) return { terminated: false, victory: false }
  const verdicts = Array.from(text.matchAll(STARRED), ([, line = '']) => line)
  const lost = verdicts.some((verdict) => LOST.test(verdict))
  const won = verdicts.some((verdict) => WON.test(verdict))
  const closes = verdicts.some(
    (verdict) =>
      CLOSES_BY_ITSELF.test(verdict) || (ABOUT_THE_PLAYER.test(verdict) && (LOST.test(verdict) || WON.test(verdict))),
  )
  if (!halted && !closes && !FINAL_QUESTIONS.some((question) => question.test(text)))
    return { terminated: false, victory: false }
  return { terminated: true, victory: lost ? false : won ? true : null }
}
