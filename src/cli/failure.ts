import { UnknownStoryError } from '../../games/index.ts'
import { PolicyFileError, PolicyNeedsError, UnknownPolicyError } from '../../harness/index.ts'
import { plainLine } from '../tui/plain-text.ts'
import { UsageError } from './usage-error.ts'

/** Errors that JavaScript itself throws: a mistake of ours, for which the stack is worth more than one clear line. */
const OURS = [TypeError, RangeError, ReferenceError, SyntaxError]

/** Errors that another command line would not have. */
const wrongUsage = [UnknownStoryError, UnknownPolicyError, PolicyNeedsError, PolicyFileError]

/** What stderr and the shell are told of an error: 2 for wrong usage, 1 for everything else. */
export function explain(error: unknown): { readonly line: string; readonly exitCode: 1 | 2 } {
  if (error instanceof UsageError) {
    const help = `grue ${error.command === '' ? '' : `${error.command} `}--help`
    return { line: `grue: ${plainLine(error.message)} See "${help}".`, exitCode: 2 }
  }
  const exitCode = wrongUsage.some((kind) => error instanceof kind) ? 2 : 1
  if (!(error instanceof Error)) return { line: `grue: ${plainLine(String(error))}`, exitCode }
  const mistake = OURS.some((kind) => error.constructor === kind)
  return { line: `grue: ${mistake ? (error.stack ?? error.message) : plainLine(error.message)}`, exitCode }
}
