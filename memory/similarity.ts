/**
 * The index compares sets. What is no set becomes one by its tokens, so that one index serves all of these: n-grams
 * are tokens made of several words, and a multiset is a set of (token, how many of it came before).
 */

/** Words in order as overlapping runs of n; the words themselves where there are fewer than n. */
export function ngrams(words: readonly string[], n: number): readonly string[] {
  if (words.length < n) return words
  return Array.from({ length: words.length - n + 1 }, (_, at) => words.slice(at, at + n).join(' '))
}

/** A multiset as a set: the set Jaccard similarity of two of these is the multiset Jaccard of what they were made of. */
export function multiset(tokens: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  return tokens.map((token) => {
    const before = counts.get(token) ?? 0
    counts.set(token, before + 1)
    return before === 0 ? token : `${token}\0${before}`
  })
}

/** |A n B| / |A u B|, 0 to 1; order and repeats do not count. Two empty sets are alike. */
export function setJaccard(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a), new Set(b)]
  let shared = 0
  for (const token of left) if (right.has(token)) shared++
  const union = left.size + right.size - shared
  return union === 0 ? 1 : shared / union
}

/** The sum of the smaller counts over the sum of the larger ones, 0 to 1. Two empty multisets are alike. */
export function multisetJaccard(a: readonly string[], b: readonly string[]): number {
  return setJaccard(multiset(a), multiset(b))
}
