/** How parsers say that they see no such thing, whatever else they did with the words. */
export const UNSEEN = /\b(?:can't|cannot|don't) see (?:any|no)\b|\bisn't here\b|\bno such thing\b/i

// Both questions are read from their end to the left: from a word on that may begin one, a hostile story's hundred
// thousand such words without an end would each be gone on from.

/** How a parser asks for what it did not understand. */
export const PARSER_ASKS = /\?(?<=\b(?:which|what|whom?)\b[^.!?]*\?)/i

const WHICH = /\?(?<=\bwhich\b[^,?]*,([^?]+)\?)/i

/** "Which door do you mean, the wooden door or the trap door?" → the two doors. */
export function choices(text: string): readonly string[] {
  const list = WHICH.exec(text)?.[1]
  if (list === undefined) return []
  return list
    .toLowerCase()
    .split(/,|\bor\b/)
    .map((choice) => choice.replace(/^\s*(?:either\s+)?(?:the|a|an|your|some)?\s+/, '').trim())
    .filter(Boolean)
}
