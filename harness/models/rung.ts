import type { Asking } from './asking.ts'
import type { Scene } from './prompt.ts'

/** Ways to get a model's distribution over commands, the best first. */
export const rungNames = ['labels', 'strings', 'confidences', 'samples'] as const
export type RungName = (typeof rungNames)[number]

export interface Rung {
  readonly name: RungName
  /** As runs, screens and reports show it. */
  readonly title: string
  /**
   * Log-probabilities of the scene's commands (two or more), in their order, normalised. Throws `UnusableAnswer` where
   * the model's answers say nothing about them.
   */
  score(scene: Scene, asking: Asking): Promise<readonly number[]>
}
