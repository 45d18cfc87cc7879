import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Comparison, compareRuns, runsByStory } from './comparison.ts'
import { counted } from './format.ts'
import { PAGE_STYLE } from './page-style.ts'
import { printable, printableRun, type ReportedRun } from './reported-run.ts'
import { protocolLine, StorySection } from './story-section.tsx'

/**
 * One HTML page that needs nothing else: no script, no font, no request. Its policy forbids them all besides, should a
 * text ever slip through.
 *
 * `command`: the command line that makes this very page. Throws what `compareRuns` throws.
 */
export function reportPage(runs: readonly ReportedRun[], command: string): string {
  const shown = runs.map(printableRun)
  const comparisons = runsByStory(shown).map(compareRuns)
  const page = <Page comparisons={comparisons} runs={shown} command={printable(command)} />
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`
}

interface PageProps {
  readonly comparisons: readonly Comparison[]
  readonly runs: readonly ReportedRun[]
  readonly command: string
}

function Page({ comparisons, runs, command }: PageProps): ReactElement {
  const title =
    comparisons.length === 1 ? comparisons[0]!.protocol.title : `Learning curves on ${comparisons.length} stories`
  const made = [...new Set(runs.map(({ provenance }) => provenance.command))]
  const policies = new Set(comparisons.flatMap((comparison) => Object.keys(comparison.policies)))
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          httpEquiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{`${title} · grue`}</title>
        <style>{PAGE_STYLE}</style>
      </head>
      <body>
        <main>
          <header>
            <p className="kicker">
              grue · {counted(policies.size, 'policy', 'policies')} · {counted(runs.length, 'run')}
            </p>
            <h1>{title}</h1>
            {comparisons.length === 1 && <p className="protocol-line">{protocolLine(comparisons[0]!.protocol)}</p>}
            <Commands lines={made.length === 1 ? made : [command]} />
          </header>
          {comparisons.map((comparison) => (
            <article key={comparison.protocol.story}>
              {comparisons.length > 1 && (
                <>
                  <h2>{comparison.protocol.title}</h2>
                  <p className="protocol-line">{protocolLine(comparison.protocol)}</p>
                </>
              )}
              <StorySection comparison={comparison} heading={comparisons.length === 1 ? 'h2' : 'h3'} />
            </article>
          ))}
          <Reproduce runs={runs} commands={[...new Set([...made, command])]} />
        </main>
      </body>
    </html>
  )
}

/** Broken between words alone: a browser would break after any hyphen of an option. */
function Commands({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <pre>
      {lines.map((line) => (
        <code key={line} className="command">
          {line.split(' ').flatMap((word, index) => [
            index > 0 && ' ',
            // biome-ignore lint/suspicious/noArrayIndexKey: words repeat and never move
            <span key={index} className="word">
              {word}
            </span>,
          ])}
        </code>
      ))}
    </pre>
  )
}

interface ReproduceProps {
  readonly runs: readonly ReportedRun[]
  readonly commands: readonly string[]
}

function Reproduce({ runs, commands }: ReproduceProps): ReactElement {
  const machines = [
    ...new Set(
      runs.map(({ provenance }) => `grue ${provenance.version}, Node ${provenance.node}, ${provenance.machine}`),
    ),
  ]
  return (
    <section className="reproduce">
      <h2 className="part">Reproduce</h2>
      <Commands lines={commands} />
      {machines.map((machine) => (
        <p key={machine} className="note">
          Run with {machine}.
        </p>
      ))}
    </section>
  )
}
