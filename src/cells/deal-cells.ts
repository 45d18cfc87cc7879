/**
 * Which policy plays which seed, in the order in which the cells are begun: seed by seed, so that a comparison which is
 * broken off has pairs; the last seeds, two a job, policy by policy, so that where those that take longest are named first
 * no job is left alone with one of them.
 */
export function dealCells<Policy>(policies: readonly Policy[], seeds: number, jobs: number) {
  const early = Array.from({ length: seeds }, (_, index) => index + 1)
  const late = early.splice(-2 * jobs)
  return [
    ...early.flatMap((seed) => policies.map((policy) => ({ policy, seed }))),
    ...policies.flatMap((policy) => late.map((seed) => ({ policy, seed }))),
  ]
}
