/**
 * Where the text speaks of points: "Your score is 10", "You have so far scored 0 out of", "10 points", "3/50",
 * "2 merit points"; never the number of turns. In a text that is an answer to `score`, any number will do at last. Each
 * begins a number at its first digit: of a hostile story's hundred thousand digits every one would be gone on from.
 */
const SCORES = [
  /\bscored?\b[^\d\n]{0,40}?(?<!\bof (?:a )?(?:possible |maximum |total )?)(-?\d+)(?!\d|\s*(?:turn|move|minute))/i,
  /(-?(?<!\d)\d+)\s*(?:points?\b|out of\b|of a (?:possible|total|maximum)\b|\/\s*\d)/i,
  /(-?(?<!\d)\d+)\s+[a-z]+\s+points?\b/i,
  /\bpoints?\b[^\d\n]{0,20}?(?<!\bof (?:a )?(?:possible |maximum |total )?)(-?\d+)(?!\d|\s*(?:turn|move|minute))/i,
]
const ANY_NUMBER = [/(-?\d+)/]

/** "You have not scored any points yet", "Your score is zero". */
const ZERO =
  /\bno points\b|\bnot\b[^.\n]{0,20}\bany\b[^.\n]{0,15}\bpoints\b|\b(?:score|points)\b[^\d.\n]{0,20}\bzero\b|\bzero (?:points|out of)\b/i

/** Without such a word an answer is about something else: "That's not a verb I recognise", "It is 9 a.m.". */
const SPEAKS_OF_SCORE = /scor|point|\bout of\b|\bof a (?:possible|total|maximum)\b/i

/** "… out of a possible 350", "(total of 350 points)", "0/100". */
const MAXIMUM = [
  /\b(?:out of|of|total of|maximum of|maximum(?: possible)?(?: score)? is)\s+(?:a\s+|an\s+)?(?:possible\s+|maximum\s+|total\s+)*(\d+)/i,
  /-?(?<!\d)\d+\s*\/\s*(\d+)/,
]

/** How stories say that they give no points; who has none yet may say so in much the same words. */
const POINTLESS =
  /\b(?:no score|not scored(?! any)|isn't scored|no points(?! yet| so far)|doesn't (?:have|keep|use) (?:a )?scor)/i

/** "1,000". */
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g

/** "Score: 10  Moves: 5" and "10/5" as stories write them at the end of the status line (Standard §8.2). */
const STATUS_SCORE = /(?:(?:score|points):?\s*(-?\d+)|(-?\d+)\s*\/\s*\d+\s*$)/i
const STATUS_MOVES = /(?:(?:moves|turns):?\s*(\d+)|-?\d+\s*\/\s*(\d+)\s*$)/i

/** What an answer to `score` says, or null where it does not speak of a score. */
export function scoreIn(answer: string): number | null {
  if (!SPEAKS_OF_SCORE.test(answer)) return null
  const number = numberAt(answer, SCORES)
  if (number !== null) return number
  if (ZERO.test(answer)) return 0
  return POINTLESS.test(answer) ? null : numberAt(answer, ANY_NUMBER)
}

export function maximumIn(answer: string): number | null {
  return SPEAKS_OF_SCORE.test(answer) ? numberAt(answer, MAXIMUM) : null
}

/** Whether there seem to be no points to be had, unless a number of them turns up. */
export function isPointless(answer: string): boolean {
  const maximum = maximumIn(answer)
  return maximum === 0 || (maximum === null && POINTLESS.test(answer))
}

export function movesIn(answer: string): number | null {
  return numberAt(answer, [/\b(?:in|after|used|taken|made)\s+(\d+)\s+(?:turn|move)/i])
}

export function scoreOnStatusLine(rows: readonly string[]): number | null {
  return numberAt(rows.join(' '), [STATUS_SCORE])
}

export function movesOnStatusLine(rows: readonly string[]): number | null {
  return numberAt(rows.join(' '), [STATUS_MOVES])
}

function numberAt(text: string, patterns: readonly RegExp[]): number | null {
  const plain = text.replace(THOUSANDS, '')
  for (const pattern of patterns) {
    const digits = pattern.exec(plain)?.slice(1).find(Boolean)
    // A hostile story's number may be none that counts.
    if (digits !== undefined) return Number.isSafeInteger(Number(digits)) ? Number(digits) : null
  }
  return null
}
