import { distance } from 'fastest-levenshtein'

/** Up to three of the names a typist may have meant: those within a third of the letters, nearest first. */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, off: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, off }) => off <= Math.ceil(Math.max(name.length, typed.length) / 3))
    .sort((a, b) => a.off - b.off || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}
