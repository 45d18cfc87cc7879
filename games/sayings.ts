import { mentioned, type Nouns, spokenWords } from './reach.ts'

/** Answers to a question that the story asks. */
const ANSWERS = ['yes', 'no']

/** A question that is quoted, written or said: "What is tall as a house ...?" */
const QUOTED_QUESTION = /["\u201c][^"\u201c\u201d]*\?\s*["\u201d]/

/** What the last text gives the player to say: words that were said or are quoted in it, and to a question yes and no. */
export function sayable(nouns: Nouns, text: string): readonly string[] {
  const answers = text.includes('?') ? ANSWERS.filter((word) => nouns.dictionary.find(word)) : []
  return [...new Set([...spokenWords(nouns, text), ...answers])]
}

export function isAnswer(word: string): boolean {
  return ANSWERS.includes(word)
}

/**
 * Words to be said alone. The answer to a riddle stands in no text; it is a noun that the story knows, so where a
 * question is quoted each of them is tried.
 */
export function quotable(nouns: Nouns, sayings: readonly string[], texts: readonly string[]): readonly string[] {
  const asked = texts.some((text) => QUOTED_QUESTION.test(text))
  const all = asked ? mentioned(nouns, nouns.dictionary.words.map(({ text }) => text).join(' ')) : []
  return [...new Set([...sayings, ...all])]
}
