import { describe, expect, test } from 'vitest'
import { reportPage } from '../../reports/index.ts'
import { type RunSettings, runOf, STORY } from './made-up-runs.ts'

const COMMAND = 'grue compare lighthouse --policies jitrl,static --seeds 5 --episodes 12 --out runs/l'

/** Jitrl gains five points over static in the last ten of twelve episodes. */
function comparison(seeds: number, settings: RunSettings = {}) {
  return Array.from({ length: seeds }, (_, index) => [
    runOf([0, 0, ...Array.from({ length: 10 }, () => 15)], { seed: index + 1, ...settings }),
    runOf(
      Array.from({ length: 12 }, () => 10),
      { seed: index + 1, ...settings, policy: 'static' },
    ),
  ]).flat()
}

describe('the report', () => {
  test('says what was run: story, hash, seeds, length, prior, what was given, and the command', () => {
    const text = textOf(reportPage(comparison(5), COMMAND))
    expect(text).toContain(
      'lighthouse (sha256 abababababab…) · seeds 1–5 · 12 episodes × 60 steps · prior lexical · valid actions given',
    )
    expect(text).toContain('ab'.repeat(32))
    expect(text).toContain(COMMAND)
  })

  test('says in words whether the difference from static excludes zero, over all episodes and over the last ten', () => {
    // All: (10 * 15) / 12 - 10 = 2.5; last ten: 15 - 10 = 5; every seed alike, so the intervals have no width.
    expect(textOf(reportPage(comparison(5), COMMAND))).toContain(
      'jitrl scores 2.5 points more than static, averaged over all 12 episodes (95 % interval 2.5 to 2.5: zero is excluded),' +
        ' and 5.0 points more over the last ten (95 % interval 5.0 to 5.0: zero is excluded).',
    )
    const even = comparison(5, {}).map((run) => ({ ...run, episodes: comparison(1)[1]!.episodes }))
    expect(textOf(reportPage(even, COMMAND))).toContain('zero is not excluded')
  })

  test('draws one line and one band for each policy', () => {
    const [wide] = reportPage(comparison(5), COMMAND).match(/<svg class="chart wide".*?<\/svg>/s) ?? ['']
    expect(wide.match(/class="curve"/g)).toHaveLength(2)
    expect(wide.match(/class="band"/g)).toHaveLength(2)
    expect(wide).toContain('>Episode</text>')
    expect(wide).toContain('>Score (of 50 points)</text>')
  })

  test('has no number that is none', () => {
    expect(reportPage(comparison(2), COMMAND)).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('says that few seeds are rough', () => {
    expect(textOf(reportPage(comparison(4), COMMAND))).toContain('With only 4 seeds they are rough')
    expect(textOf(reportPage(comparison(5), COMMAND))).not.toContain('rough')
  })

  test('gives no interval from a single seed', () => {
    const text = textOf(reportPage(comparison(1), COMMAND))
    expect(text).toContain('one seed, so no interval can be given')
    expect(text).not.toContain('excluded')
  })

  test('shows a single run', () => {
    const html = reportPage([runOf([5])], 'grue report runs/one --out one.html')
    expect(html).not.toMatch(/NaN|Infinity|undefined/)
    expect(textOf(html)).toContain('seed 1 · 1 episode × 60 steps')
    expect(textOf(html)).toContain('grue learn lighthouse')
    expect(textOf(html)).not.toContain('Paired differences')
  })

  test('shows a run that never scored, on the axis, and one that lost points', () => {
    const never = reportPage([runOf([0, 0])], COMMAND)
    expect(never).not.toMatch(/NaN|Infinity/)
    const [axis] = never.match(/(?<=translate\(0 )\d+(?=\)"><line[^>]*class="axis")/) ?? ['']
    expect(never).toMatch(new RegExp(`class="curve"[^>]*d="M[^,]*,${axis}L[^,]*,${axis}"`))
    expect(axis).toBe('356') // 400 less the 44 below the axis
    expect(reportPage([runOf([-10, -5])], COMMAND)).not.toMatch(/NaN|Infinity/)
  })

  test('says when runs were broken off', () => {
    expect(textOf(reportPage([runOf([5, 5], { episodes: 50 })], COMMAND))).toContain('broken off after 2')
  })

  test('tells several stories apart', () => {
    const zork = { ...STORY, id: 'zork1', title: 'Zork I', sha256: 'cd'.repeat(32) }
    const html = reportPage([...comparison(2), ...comparison(2, { story: zork })], COMMAND)
    expect(html).toContain('<h1>Learning curves on 2 stories</h1>')
    expect(html).toContain('<h2>The Lighthouse</h2>')
    expect(html).toContain('<h2>Zork I</h2>')
    expect(html.match(/class="chart wide"/g)).toHaveLength(2)
  })

  test('is the same page when made again', () => {
    expect(reportPage(comparison(3), COMMAND)).toBe(reportPage(comparison(3), COMMAND))
  })
})

describe('the page is safe to open', () => {
  test('it holds no script and asks for nothing', () => {
    const html = reportPage(comparison(2), COMMAND)
    expect(html).not.toMatch(/<script|<img|<iframe|\bon\w+=|src=|url\(|@import|https?:/i)
    expect(html).toContain('default-src &#x27;none&#x27;')
  })

  const hostile = `</title></style><script>alert("1")</script>'" onload=x \u001b[31mred\u001b[0m \u001b]0;t\u0007 \u202egnp`

  test('text of a story, a policy or a command stays text', () => {
    const html = reportPage(
      [
        runOf([1, 2], {
          policy: hostile,
          parameters: { [hostile]: hostile },
          story: { ...STORY, title: hostile, id: hostile, serial: hostile },
          prior: { name: hostile, rung: hostile },
          handicaps: [hostile],
          command: hostile,
        }),
      ],
      hostile,
    )
    expect(html).not.toMatch(/<script/i)
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html.match(/<\/title>/g)).toHaveLength(1)
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)')
    // Within a tag, an unescaped quote would let an attribute end early.
    expect(html.match(/<[^>]*onload[^>]*>/g) ?? []).toSatisfy((tags: string[]) =>
      tags.every((tag) => /aria-label="[^"]*onload/.test(tag)),
    )
  })

  test('terminal sequences and reversed text are taken out', () => {
    const html = reportPage([runOf([1], { policy: hostile, story: { ...STORY, title: hostile } })], hostile)
    expect(html).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
    expect(html).not.toContain('[31m')
  })
})

/** What a reader sees. */
function textOf(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
