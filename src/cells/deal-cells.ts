/**
 * Which policy plays which seed, in the order in which the cells are begun: seed by seed, so that a comparison which is
 * broken off has pairs. So that of several jobs none is left alone with a cell that takes long, the last seeds, two a job, are
 * dealt policy by policy: that serves where those that take longest are named first.
 */
export function dealCells<Policy>(policies: readonly Policy[], seeds: number, jobs: number) {
  const early = Array.from({ length: seeds }, (_, index) => index + 1)
  const late = jobs === 1 ? [] : early.splice(-2 * jobs)
  return [
    ...early.flatMap((seed) => policies.map((policy) => ({ policy, seed }))),
    ...policies.flatMap((policy) => late.map((seed) => ({ policy, seed }))),
  ]
}
