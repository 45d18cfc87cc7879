import type { ReportedRun } from './reported-run.ts'

/**
 * The runs, with the policies of a story that were played with several sets of parameters, as in a sweep, under names that
 * tell them apart: `jitrl beta=40, k=5`. Equal sets keep one name.
 */
export function namedApart<Run extends Pick<ReportedRun, 'config'>>(runs: readonly Run[]): readonly Run[] {
  return runs.map((run) => {
    const { story, policy } = run.config
    const namesakes = runs
      .filter(({ config }) => config.story.id === story.id && config.policy.name === policy.name)
      .map(({ config }) => config.policy.parameters)
    const names = new Set(namesakes.flatMap(Object.keys))
    const differing = [...names].filter((name) => namesakes.some((other) => other[name] !== namesakes[0]![name]))
    if (differing.length === 0) return run
    const own = differing.filter((name) => name in policy.parameters)
    const name = `${policy.name} ${own.map((name) => `${name}=${policy.parameters[name]}`).join(', ')}`
    return { ...run, config: { ...run.config, policy: { ...policy, name } } }
  })
}

/** The policy as it was asked for, of a name that may have been told apart. */
export function askedName(name: string): string {
  return name.split(' ')[0]!
}
