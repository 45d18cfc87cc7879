/** Commands to the interpreter, which Infocom's tables and those of the first Informs do not tell apart. */
export const META: ReadonlySet<string> = new Set(
  `again brief debug g diagno help hint hints i info invent notify o oops quit q record restar restart restor restore
   save score script $ve $verif super superb superbrief t time undo unreco unscri unscript verbos verbose verify versio
   version #comm #random #rand #reco #unre credit credits`.split(/\s+/),
)

/** The same in the words of Inform's library. */
const INFORM_META: ReadonlySet<string> = new Set(
  `long normal short full fullsc fullscore noscri noscript transc transcript notranscript qq places object objects
   places pronou pronouns nouns replay recording quotes`.split(/\s+/),
)

/** Whether a verb has no other words. A single letter may be short for anything. */
export function isOnlyMeta(words: readonly string[]): boolean {
  return words.every((word) => word.length > 1 && (META.has(word) || INFORM_META.has(word)))
}
