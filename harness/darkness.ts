import type { Observation } from '../games/index.ts'

/** Where one stands. */
export interface Standing {
  /** The room's object number: rooms of one name are many. Null where it is not known. */
  readonly locationId: number | null
  /** Nothing can be seen: another place, as it were, where little of what is known of the room in the light holds. */
  readonly isDark: boolean
}

/** Whether a text says that nothing can be seen. */
export function tellsOfDarkness(text: string): boolean {
  return /\b(?:pitch[- ](?:black|dark)|too dark|in (?:the )?dark(?:ness)?)\b/i.test(text)
}

/**
 * Where one stands after a turn. Of darkness it is told on entering and seldom again: dark it stays, until the room's
 * heading is printed or one is elsewhere.
 */
export function standingAfter(
  { text, location }: Pick<Observation, 'text' | 'location'>,
  locationId: number | null,
  before: Standing | null,
): Standing {
  const stays = before?.isDark === true && before.locationId === locationId
  const isDark = tellsOfDarkness(text) || (stays && !text.split('\n').some((line) => line.trim() === location))
  return { locationId, isDark }
}
