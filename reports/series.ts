import type { Comparison } from './comparison.ts'

/** How one policy is drawn, everywhere on the page. */
export interface Series {
  readonly policy: string
  /** Name of a CSS custom property that the style sheet sets for light and for dark. */
  readonly colour: string
  readonly dashes: string | undefined
}

const LEARNER_COLOURS = 6
const DASHES = [undefined, '7 3', '2 3']

/**
 * Every policy of the page, in the order of its stories: a learner has one colour, whichever others played a story.
 * Learners have the colours of Okabe and Ito, dashed when those run out; the baselines are ink and grey.
 */
export function seriesOf(comparisons: readonly Comparison[]): readonly Series[] {
  const policies = [...new Set(comparisons.flatMap((comparison) => Object.keys(comparison.policies)))]
  const learners = policies.filter((policy) => policy !== 'static' && policy !== 'random')
  return policies.map((policy) => {
    if (policy === 'static') return { policy, colour: 'var(--static)', dashes: undefined }
    if (policy === 'random') return { policy, colour: 'var(--random)', dashes: '2 4' }
    const index = learners.indexOf(policy)
    return {
      policy,
      colour: `var(--learner-${index % LEARNER_COLOURS})`,
      dashes: DASHES[Math.floor(index / LEARNER_COLOURS) % DASHES.length],
    }
  })
}
