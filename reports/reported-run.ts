import { stripVTControlCharacters } from 'node:util'
import type { PolicyInfo, RecordedRun } from '../harness/index.ts'

/** What reports read of a recorded run: its settings and its finished episodes, not its events. */
export type ReportedRun = Pick<RecordedRun, 'directory' | 'config' | 'provenance' | 'episodes'>

// Control characters, other ends of lines, the marks that reverse the direction of the text around them (Unicode Annex
// 9), and what no XML may hold, be it as a drawing's label (XML 1.0, 2.2).
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\p{Cs}\p{NChar}]/gu

/** Text of a story, a model or a person as one line that cannot steer a terminal or a page. HTML escapes it besides. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(UNPRINTABLE, ' ')
}

/** The same for a text of several lines, which stay lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

/** The run with every text that a report shows made printable, so that nothing downstream has to think of it. */
export function printableRun({ directory, config, provenance, episodes }: ReportedRun): ReportedRun {
  const { story, policy, prior } = config
  return {
    directory,
    episodes,
    config: {
      ...config,
      story: { ...story, id: printable(story.id), title: printable(story.title), serial: printable(story.serial) },
      policy: { name: printable(policy.name), parameters: printableParameters(policy.parameters) },
      prior: { name: printable(prior.name), rung: printable(prior.rung) },
      handicaps: config.handicaps.map(printable),
    },
    provenance: {
      command: printable(provenance.command),
      version: printable(provenance.version),
      node: printable(provenance.node),
      machine: printable(provenance.machine),
    },
  }
}

function printableParameters(parameters: PolicyInfo['parameters']): PolicyInfo['parameters'] {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      printable(name),
      typeof value === 'string' ? printable(value) : value,
    ]),
  )
}
