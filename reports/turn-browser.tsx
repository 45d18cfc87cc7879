import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ReactElement } from 'react'
import { fitEpisodes, type KeptEpisode } from './archive-selection.ts'
import { counted } from './format.ts'
import type { DigestedRun } from './run-digest.ts'

/** The page's own script, and its only one. */
const SCRIPT = readFileSync(new URL('./browser/turn-browser.js', import.meta.url), 'utf8')

/** As a Content-Security-Policy names it: no other script can run. */
export const SCRIPT_SOURCE = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`

export interface TurnBrowserProps {
  readonly runs: readonly DigestedRun[]
  /** The texts of the runs' turns, packed. */
  readonly texts: readonly string[]
  /** Whether the runs are of several stories. */
  readonly several: boolean
}

export function TurnBrowser({ runs, texts, several }: TurnBrowserProps): ReactElement {
  const kept = fitEpisodes(runs.map(({ digest }) => digest.turns))
  const archive = {
    texts,
    runs: runs.map(({ config, textTable }, index) => ({
      texts: textTable,
      label: `${several ? `${config.story.title}: ` : ''}${config.policy.name}, seed ${config.seed}`,
      episodes: kept[index]!.filter(({ story }) => story !== null),
    })),
  }
  return (
    <>
      <noscript>
        <p className="note">Turns are shown by a script of this very page, and scripts are turned off here.</p>
      </noscript>
      <p className="note" id="tb-old" hidden>
        This browser cannot unpack the turns: it lacks DecompressionStream (Chrome 103, Firefox 113, Safari 16.4).
      </p>
      <div id="tb-browser" className="turns" hidden>
        <div className="picker">
          <label>
            Run <select id="tb-run" />
          </label>
          <label>
            Episode <select id="tb-episode" />
          </label>
          <div className="turning">
            <label className="slider">
              Turn <input id="tb-turn" type="range" min={1} defaultValue={1} />
            </label>
            <span className="steps">
              <button id="tb-back" type="button" aria-label="Turn before">
                ‹
              </button>
              <output id="tb-turn-number" />
              <button id="tb-on" type="button" aria-label="Next turn">
                ›
              </button>
            </span>
          </div>
        </div>
        <p className="note" id="tb-absent" role="status" hidden />
        <p className="where" id="tb-where" />
        <p className="said" id="tb-before" />
        <div id="tb-choice" />
        <p className="said" id="tb-after" />
        <div id="tb-table" hidden>
          <div className="scroll">
            <table className="candidates">
              <thead>
                <tr>
                  <th scope="col">Command</th>
                  {['Prior', 'Tried', 'Return', 'Advantage', 'Chosen with'].map((name) => (
                    <th key={name} scope="col" className="number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody id="tb-rows" />
            </table>
          </div>
          <p className="note" id="tb-value" />
          <p className="note">
            Advantage: as the policy measures it, by plans (jitrl’s own way) from the best command, which has 0, or by
            similar turns from the value of the situation. Jitrl adds beta times it to the logit. What was learned
            measures that from its average here, the sum of prior × beta × advantage: the choice stays the same.
          </p>
          <p className="memories-title" id="tb-memories-title" hidden>
            Remembered here
          </p>
          <ul className="memories" id="tb-memories" />
        </div>
        <p className="note" id="tb-missing" hidden>
          The advantage table of this episode was left out for size.
        </p>
      </div>
      <p className="note">{leftOut(kept.flat())}</p>
      <template id="tb-archive">{JSON.stringify(archive)}</template>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a script is no text; this one is a file of ours */}
      <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
    </>
  )
}

/** What a reader does not get to see, said plainly. */
function leftOut(episodes: readonly KeptEpisode[]): string {
  const texts = episodes.filter(({ story }) => story !== null).length
  const tables = episodes.filter(({ tables }) => tables !== null).length
  const rest =
    'of each run the best, the last and the first, then those between, evenly. The rest is in the runs’ own folders: grue replay DIR --episode E shows it.'
  if (texts < episodes.length)
    return `To keep the page small, ${counted(texts, 'episode')} of ${episodes.length} are here, ${tables} of them with their tables: ${rest}`
  if (tables < texts)
    return `Every turn of all ${counted(texts, 'episode')} is here. To keep the page small, tables and memories are those of ${tables}: ${rest}`
  return `Every turn of ${texts === 1 ? 'the one episode' : `all ${texts} episodes`} is here, with its table: the twelve likeliest commands, and what was chosen. Probabilities are rounded to a thousandth.`
}
