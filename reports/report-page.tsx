import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { acrossStories } from './across-stories.ts'
import { AcrossStoriesSection, StoryMultiples } from './across-stories-section.tsx'
import { type Ceiling, ceilingsFor } from './ceilings.ts'
import { CommandText } from './command-text.tsx'
import { type Comparison, compareRuns, runsByStory } from './comparison.ts'
import { counted } from './format.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { PriceList } from './price-list.ts'
import { printable, printableRun } from './reported-run.ts'
import type { DigestedRun } from './run-digest.ts'
import { seriesOf } from './series.ts'
import { Findings, protocolLine, StorySection } from './story-section.tsx'
import { SCRIPT_SOURCE, TurnBrowser } from './turn-browser.tsx'

export interface ReportPageInput {
  readonly runs: readonly DigestedRun[]
  /** The texts of the runs' turns, as `TextTable` packs them; a run's `textTable` says which are its own. */
  readonly texts: readonly string[]
  readonly ceilings: readonly Ceiling[]
  readonly prices: PriceList
  /** The command line that makes this very page. */
  readonly command: string
}

/**
 * One HTML page that needs nothing else: no font, no request, and no script but the turn browser's own, in the page.
 * Its policy forbids all else besides, should a text ever slip through.
 *
 * Throws what `compareRuns` throws.
 */
export function reportPage({ runs, texts, ceilings, prices, command }: ReportPageInput): string {
  const shown = runs.map((run) => ({ ...run, ...printableRun(run) }))
  const page = (
    <Page
      comparisons={runsByStory(shown).map(compareRuns)}
      runs={shown}
      texts={texts}
      ceilings={ceilings}
      prices={prices}
      command={printable(command)}
    />
  )
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`
}

interface PageProps extends ReportPageInput {
  readonly comparisons: readonly Comparison[]
}

function Page({ comparisons, runs, texts, ceilings, prices, command }: PageProps): ReactElement {
  const only = comparisons.length === 1 ? comparisons[0]! : null
  const title = only === null ? `Learning curves on ${comparisons.length} stories` : only.protocol.title
  const series = seriesOf(comparisons)
  const numbered = runs.map((run, place) => ({ run, place }))
  const browser = <TurnBrowser runs={runs} texts={texts} several={only === null} />
  const across = acrossStories(comparisons)
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta
          httpEquiv="Content-Security-Policy"
          content={`default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${SCRIPT_SOURCE}; base-uri 'none'; form-action 'none'`}
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>{`${title} · grue`}</title>
        <style>{PAGE_STYLE}</style>
      </head>
      <body>
        <main>
          <header>
            <p className="kicker">
              grue · {counted(series.length, 'policy', 'policies')} · {counted(runs.length, 'run')}
            </p>
            <h1>{title}</h1>
            {only !== null && (
              <>
                <p className="protocol-line">{protocolLine(only.protocol)}</p>
                <Findings comparison={only} />
              </>
            )}
          </header>
          {only === null && <StoryMultiples comparisons={comparisons} series={series} />}
          {across !== null && <AcrossStoriesSection across={across} series={series} />}
          {comparisons.map((comparison) => (
            <article key={comparison.protocol.story}>
              {only === null && (
                <>
                  <h2>{comparison.protocol.title}</h2>
                  <p className="protocol-line">{protocolLine(comparison.protocol)}</p>
                  <Findings comparison={comparison} />
                </>
              )}
              <StorySection
                comparison={comparison}
                series={series}
                runs={numbered.filter(({ run }) => run.config.story.id === comparison.protocol.story)}
                ceilings={ceilingsFor(comparison.protocol, ceilings)}
                prices={prices}
                heading={only === null ? 'h3' : 'h2'}
                browser={only === null ? null : browser}
              />
            </article>
          ))}
          {only === null && (
            <section>
              <h2 className="part">Turn by turn</h2>
              {browser}
            </section>
          )}
          <footer>
            <p className="note">
              Made by <CommandText line={command} />.
            </p>
          </footer>
        </main>
      </body>
    </html>
  )
}
