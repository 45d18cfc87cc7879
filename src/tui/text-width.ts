import stringWidth from 'string-width'

/**
 * Latin, Greek and Cyrillic letters, punctuation, arrows, box drawing, blocks: one column wherever we know of, and most
 * of what the screen shows. Measured by their number: finding their clusters would take the longest part of a frame.
 */
export const simple =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u04ff\u2010-\u2027\u2190-\u21ff\u2500-\u25ff]*$/

/** The columns that a text takes. All of the screen is measured by this and nothing else. */
export function textWidth(text: string): number {
  return simple.test(text) ? text.length : stringWidth(text)
}
