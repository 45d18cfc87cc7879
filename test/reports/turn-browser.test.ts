import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeReport } from '../../reports/index.ts'
import { chromium, open } from './chromium.ts'
import { candidate, episode, turn } from './made-up-events.ts'
import { runOf } from './made-up-runs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grue-browser-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const hostile = `<img src=x onerror="document.title='pwned'"></template><script>document.title='pwned'</script>`

function run() {
  const memory = {
    type: 'transition',
    run: 'r',
    episode: 1,
    turn: 1,
    next: 'Yard |  | 5 | 00000000',
    reward: 5,
  } as const
  const candidates = [
    candidate({ action: 'dig', prior: 0.25, q: 4.5, advantage: 1.5, probability: 0.9, visits: 2, evidence: [memory] }),
    candidate({ action: hostile, prior: 0.75, probability: 0.1 }),
  ]
  const dig = turn({
    chosen: 'dig',
    staticChoice: hostile,
    candidates,
    value: 3,
    reward: 5,
    score: 5,
    to: 'Yard',
    text: hostile,
  })
  return runOf([0, 5], {
    events: [...episode(1, [turn({ chosen: 'north', to: 'Yard' })]), ...episode(2, [turn({}), dig])],
  })
}

describe.skipIf(chromium === undefined)('the turn browser (needs Chromium)', () => {
  test('shows any turn: what was seen, weighed, done, and what static would have done; no text becomes a script', async () => {
    const { html } = await writeReport([run()], { out: join(folder, 'report.html'), command: 'grue report' })
    const { dom, console } = await open(`${pathToFileURL(html)}#turn-0-2-2`)
    const shown = textOf(dom.slice(dom.indexOf('id="tb-browser"'), dom.indexOf('id="tb-archive"')))
    expect(shown).toContain('2 of 2')
    expect(shown).toContain('Turn 1.') // what was seen before
    expect(shown).toContain(`> dig +5 Static would have done ${hostile} with the same draw.`)
    expect(shown).toContain('digchosen0.25024.501.5000.900')
    expect(shown).toContain(`${hostile}static0.750––0.0000.100`)
    expect(shown).toContain('Value of the situation: 3.00 points.')
    expect(shown).toContain('dig earned 5 and led to Yard (episode 1, turn 1)')
    expect(dom).not.toContain('<title>pwned')
    expect(console).toEqual([])
  }, 120_000)
})

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
