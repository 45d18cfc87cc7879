import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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

  test('leaves out a run of which nothing fits on the page, and says so to who follows a link there', async () => {
    const { html } = await writeReport([runOf([0, 0]), { ...run(), config: { ...run().config, seed: 2 } }], {
      out: join(folder, 'report.html'),
      command: 'grue report',
    })
    const { dom, console } = await open(`${pathToFileURL(html)}#turn-0-1-1`)
    expect(console).toEqual([])
    expect(dom).toMatch(/<select id="tb-run"><option value="1">jitrl, seed 2<\/option><\/select>/)
    expect(dom).toMatch(/<p[^>]*id="tb-absent"[^>]*>Episode 1 of jitrl, seed 1 was left out for size\./)
    expect(dom).not.toMatch(/<p[^>]*id="tb-absent"[^>]*hidden/)
  }, 120_000)

  test('shows what was asked for last, even if what was asked for before is unpacked later', async () => {
    const told = (seed: number, text: string) =>
      runOf([0], { seed, events: episode(1, [turn({ chosen: 'north', text })]) })
    const { html } = await writeReport([told(1, 'The first run.'), told(2, 'The second run.')], {
      out: join(folder, 'report.html'),
      command: 'grue report',
    })
    const slowFirst = `const text = Response.prototype.text
      let calls = 0
      Response.prototype.text = function () {
        const wait = calls++ === 0 ? 500 : 0
        return text.call(this).then((told) => new Promise((done) => setTimeout(done, wait, told)))
      }`
    const chooseSecond = `document.getElementById('tb-run').value = 1; document.getElementById('tb-run').onchange()`
    const page = await readFile(html, 'utf8')
    await writeFile(
      html,
      page
        .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, `<script>${slowFirst}</script>`)
        .replace('</body>', `<script>${chooseSecond}</script></body>`),
    )
    const { dom } = await open(String(pathToFileURL(html)))
    expect(dom).toMatch(/id="tb-after">The second run\.</)
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
