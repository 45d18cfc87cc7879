import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { RecordedRun } from '../../harness/index.ts'
import { type Ceiling, gatherRuns, readRuns, reportPage } from '../../reports/index.ts'
import { called, candidate, episode, turn } from './made-up-events.ts'
import { type RunSettings, runOf, STORY } from './made-up-runs.ts'

const COMMAND = 'grue compare lighthouse --policies jitrl,static --seeds 5 --episodes 12 --out runs/l'

/** The page of these runs, their events read. */
async function pageOf(runs: readonly RecordedRun[], command = COMMAND, ceilings: readonly Ceiling[] = []) {
  return reportPage({
    ...gatherRuns(await readRuns(runs)),
    ceilings,
    prices: { tiny: { input: 2, output: 10 } },
    command,
  })
}

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
  test('says what was run: story, hash, seeds, length, prior, what was given, and the command', async () => {
    const text = textOf(await pageOf(comparison(5)))
    expect(text).toContain(
      'lighthouse (sha256 abababababab…) · seeds 1–5 · 12 episodes × 60 steps · game seed per-episode · prior lexical · valid actions given',
    )
    expect(textOf(await pageOf(comparison(5, { gameSeed: { type: 'fixed', seed: 12 } })))).toContain(
      ' · game seed fixed at 12 · ',
    )
    expect(text).toContain('ab'.repeat(32))
    expect(text).toContain(COMMAND)
  })

  test('says in words whether the difference from static excludes zero, over all episodes and over the last ten', async () => {
    // All: (10 * 15) / 12 - 10 = 2.5; last ten: 15 - 10 = 5; every seed alike, so the intervals have no width.
    expect(textOf(await pageOf(comparison(5)))).toContain(
      'jitrl scores 2.5 points more than static, averaged over all 12 episodes (95 % interval 2.5 to 2.5: zero is excluded),' +
        ' and 5.0 points more over the last ten (95 % interval 5.0 to 5.0: zero is excluded).',
    )
    const even = comparison(5, {}).map((run) => ({ ...run, episodes: comparison(1)[1]!.episodes }))
    expect(textOf(await pageOf(even))).toContain('zero is not excluded')
  })

  test('says in words that policies are equal where their difference is shown as none', async () => {
    const even = comparison(5, {}).map((run) => ({ ...run, episodes: comparison(1)[1]!.episodes }))
    const text = textOf(await pageOf(even))
    expect(text).toContain('jitrl scores as many points as static, averaged over all 12 episodes (95 %')
    expect(text).toContain(', and as many over the last ten (95 %')
    expect(text).not.toContain('points more')
  })

  test('gives hundredths where there are but a few points to win', async () => {
    // Twelve episodes; of three seeds one, two and three won the only point once: 1/12, 2/12, 3/12.
    const runs = [1, 2, 3].flatMap((seed) => [
      runOf(
        Array.from({ length: 12 }, (_, index) => Number(index < seed)),
        { seed },
      ),
      runOf(Array(12).fill(0), { seed, policy: 'static' }),
    ])
    const text = textOf(await pageOf(runs))
    expect(text).toContain('jitrl scores 0.17 points more than static')
    expect(text).toContain('interval 0.08 to 0.25: zero is excluded')
    expect(text).toContain('+0.170.08 to 0.25')
    expect(text).toMatch(/jitrl ?0\.170\.08 to 0\.25/)
  })

  test('names the curves beside the chart as well where their labels in it are cut short', async () => {
    const legend = (policy: string) =>
      pageOf([runOf([1], { policy })]).then((html) => /<ul class="(legend[^"]*)">/.exec(html)?.[1])
    // Sixteen letters fit.
    expect(await legend('sixteen-letters!')).toBe('legend narrow')
    expect(await legend('seventeen-letters')).toBe('legend')
  })

  test('says what a person did in a run, as its score is not the policy’s alone', async () => {
    const changed = {
      type: 'intervened',
      episode: 1,
      turn: 1,
      doing: { type: 'policy', policy: { name: 'static', parameters: {} } },
    } as const
    const events = [changed, ...episode(1, [turn({ intervened: 'xyzzy' }), turn({})])]
    expect(textOf(await pageOf([runOf([5], { events })]))).toContain(
      'By a personjitrl, seed 1: 1 of 2 commands and 1 change of policy: not the policy’s doing alone',
    )
    expect(textOf(await pageOf([runOf([5])]))).not.toContain('By a person')
  })

  test('draws one line and one band for each policy', async () => {
    const [wide] = (await pageOf(comparison(5))).match(/<svg class="chart wide".*?<\/svg>/s) ?? ['']
    expect(wide.match(/class="curve"/g)).toHaveLength(2)
    expect(wide.match(/class="band"/g)).toHaveLength(2)
    expect(wide).toContain('>Episode</text>')
    expect(wide).toContain('>Score (of 50 points)</text>')
  })

  test('has no number that is none', async () => {
    expect(withoutScript(await pageOf(comparison(2)))).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('says that few seeds are rough', async () => {
    expect(textOf(await pageOf(comparison(4)))).toContain('With only 4 seeds they are rough')
    expect(textOf(await pageOf(comparison(5)))).not.toContain('rough')
  })

  test('gives no interval from a single seed', async () => {
    const text = textOf(await pageOf(comparison(1)))
    expect(text).toContain('one seed, so no interval can be given')
    expect(text).not.toContain('excluded')
  })

  test('says which numbers have no interval and which a rough one where policies have different numbers of seeds', async () => {
    const text = textOf(await pageOf([...comparison(3), runOf(Array(12).fill(1), { policy: 'cbr' })]))
    expect(text).toContain('but for a policy with a single seed, which has none')
    expect(text).toContain('Intervals over fewer than 5 seeds are rough')
    expect(text).toContain('over seeds, none where there is a single seed, rough under 5 seeds')
    expect(text).toContain('With a single seed no interval can be given. With only 3 seeds they are rough')
  })

  test('says what the faint line of a single policy is, over several seeds as well', async () => {
    const scores = Array.from({ length: 20 }, (_, index) => index)
    const text = textOf(await pageOf([runOf(scores), runOf(scores, { seed: 2 })]))
    expect(text).toContain('Faint: the same, not averaged over episodes.')
  })

  test('shows a single run', async () => {
    const html = await pageOf([runOf([5])], 'grue report runs/one --out one.html')
    expect(withoutScript(html)).not.toMatch(/NaN|Infinity|undefined/)
    expect(textOf(html)).toContain('seed 1 · 1 episode × 60 steps')
    expect(textOf(html)).toContain('grue learn lighthouse')
    expect(textOf(html)).not.toContain('minus')
  })

  test('a single episode is a dot beside its name, and over several seeds a bar', async () => {
    const [one] = (await pageOf([runOf([5])])).match(/<svg class="chart wide".*?<\/svg>/s) ?? ['']
    const [, x] = /<circle cx="([\d.]+)" cy="[\d.]+" r="4"/.exec(one) ?? []
    expect(one).toContain(`class="leader" stroke="var(--learner-0)" d="M${Number(x) + 3},`)
    const [two] = (await pageOf([runOf([0]), runOf([5], { seed: 2 })])).match(/<svg class="chart wide".*?<\/svg>/s) ?? [
      '',
    ]
    expect(two).toMatch(/class="spread" d="M[\d.]+,356\.0V12\.0"/) // from the lowest score, 0, to the highest
  })

  test('the scale of scores keeps clear of its title, has true minus signs, and counts one point', async () => {
    const story = { ...STORY, maxScore: 1 }
    const low = await pageOf([runOf([-10000, 0], { story })])
    expect(low).toContain('>Score (of 1 point)</text>')
    // Six signs of eight pixels, and thirty for the title.
    expect(low).toMatch(/<line x1="78" x2="[\d.]+" class="grid"><\/line><text x="70"[^>]*>−10000<\/text>/)
  })

  test('shows a run that never scored, on the axis, and one that lost points', async () => {
    const never = await pageOf([runOf([0, 0])], COMMAND)
    expect(never).not.toMatch(/NaN|Infinity/)
    const [axis] = never.match(/(?<=translate\(0 )\d+(?=\)"><line[^>]*class="axis")/) ?? ['']
    expect(never).toMatch(new RegExp(`class="curve"[^>]*d="M[^,]*,${axis}L[^,]*,${axis}"`))
    expect(axis).toBe('356') // 400 less the 44 below the axis
    expect(await pageOf([runOf([-10, -5])], COMMAND)).not.toMatch(/NaN|Infinity/)
  })

  test('says when runs were broken off', async () => {
    expect(textOf(await pageOf([runOf([5, 5], { episodes: 50 })], COMMAND))).toContain('broken off after 2')
  })

  test('tells several stories apart', async () => {
    const zork = { ...STORY, id: 'zork1', title: 'Zork I', sha256: 'cd'.repeat(32) }
    const html = await pageOf([...comparison(2), ...comparison(2, { story: zork })], COMMAND)
    expect(html).toContain('<h1>Learning curves on 2 stories</h1>')
    expect(html).toContain('<h2>The Lighthouse</h2>')
    expect(html).toContain('<h2>Zork I</h2>')
    expect(html.match(/class="chart wide"/g)).toHaveLength(2)
  })

  test('stories without a highest score have their small curves as well, and what is mixed or left out is said', async () => {
    const bare = (id: string, settings: RunSettings) =>
      comparison(2, { ...settings, story: { ...STORY, id, title: id, sha256: id.repeat(16), maxScore: null } }).map(
        (run) => ({ ...run, episodes: run.episodes.map((episode) => ({ ...episode, maxScore: null })) }),
      )
    const html = await pageOf([...bare('abcd', {}), ...bare('ef01', {})])
    expect(html.match(/class="chart small"/g)).toHaveLength(2)
    expect(html).not.toContain('All stories together')
    const cave = { ...STORY, id: 'cave', title: 'Cave', sha256: 'cd'.repeat(32) }
    const mixed = [...comparison(2), ...comparison(3, { story: cave, stepLimit: 20 }), ...bare('abcd', {})]
    const text = textOf(await pageOf([...mixed, runOf(Array(12).fill(1), { policy: 'random' })]))
    expect(text).toContain('With only 2 seeds they are rough')
    expect(text).toContain('Left out for want of a highest score: abcd.')
    expect(text).toContain('Left out as they did not play every story: random.')
    expect(text).toContain('Not the same on every story: step limit.')
  })

  test('is the same page when made again', async () => {
    expect(await pageOf(comparison(3))).toBe(await pageOf(comparison(3)))
  })
})

describe('what the events tell', () => {
  test('the map is drawn: rooms, the ways between them, points where they were earned', async () => {
    const html = await pageOf([runOf([5], { events: adventure() })])
    const [map] = html.match(/<svg class="map".*?<\/svg>/s) ?? ['']
    expect(map).toContain('Cellar: 0.5 turns and 2.50 points an episode') // one command for five points, in two episodes
    expect(map).toContain('Hall to Cellar: down (1 time)')
    expect(map).toContain('>+2.5</text>')
  })

  test('what was learned is told with the memory behind it', async () => {
    const text = textOf(await pageOf([runOf([5], { events: adventure() })]))
    // Raised by 3 * 2, over an average of .25 * 6 + .75 * 0.
    expect(text).toContain(
      '> down at [Hall][][]Logit +4.5 above the average there, return 4.00: probability 0.250 → 0.900',
    )
    expect(text).toContain('episode 1, turn 1: earned 0. > down It is dark.')
    // The same turn, behind the link, has an advantage of 2.
    expect(text).toContain('Logit: by how much it rose, for jitrl beta times the advantage, less the average of that')
    expect(text).toContain('Advantage: as the policy measures it')
  })

  test('what was learned is ranked by how far logits rose, as advantages of policies with another beta are of another size', async () => {
    const memory = { type: 'transition', run: 'r', episode: 1, turn: 1, next: 'Yard', reward: 0 } as const
    const learned = (policy: string, action: string, advantage: number, beta: number) => {
      const adjusted = Math.log(0.5) + beta * advantage
      const better = candidate({ action, advantage, adjusted, probability: 0.9, evidence: [memory] })
      const candidates = [better, candidate({ action: 'wait', probability: 0.1 })]
      return runOf([5], { policy, events: episode(1, [turn({ chosen: action, candidates })]) })
    }
    const html = await pageOf([learned('jitrl:slight', 'up', 4, 0.5), learned('jitrl', 'down', 1, 6)])
    const [, lessons = ''] = /<ol class="lessons">(.*?)<\/ol>/s.exec(html) ?? []
    // Over averages of half: 6 * 1 / 2, and .5 * 4 / 2.
    expect(textOf(lessons)).toMatch(/> down .*Logit \+3\.0 above.*> up .*Logit \+1\.0 above/)
  })

  test('what a better command made less likely is not told as learned, and a memory of another run has no empty quotes', async () => {
    const memory = { type: 'transition', run: 'elsewhere', episode: 1, turn: 1, next: 'Yard', reward: 0 } as const
    const known = { q: 1, visits: 1, evidence: [memory] }
    const tilted = (prior: number, advantage: number) => ({ prior, advantage, adjusted: Math.log(prior) + advantage })
    const candidates = [
      candidate({ action: 'down', ...tilted(0.3, 5), probability: 0.99, ...known }),
      candidate({ action: 'up', ...tilted(0.1, 4), probability: 0.01, ...known }),
      candidate({ action: 'wait', prior: 0.6, probability: 0 }),
    ]
    const html = await pageOf([runOf([5], { events: episode(1, [turn({ chosen: 'down', candidates })]) })])
    const [, lessons = ''] = /<ol class="lessons">(.*?)<\/ol>/s.exec(html) ?? []
    expect(textOf(lessons)).toContain('elsewhere, episode 1, turn 1: earned 0.')
    expect(textOf(lessons)).not.toContain('> up')
    expect(lessons).not.toContain('<q>')
  })

  test('a policy that remembers but has nothing to tell is not said to remember nothing', async () => {
    const text = textOf(await pageOf([runOf([0], { events: episode(1, [turn({})]) })]))
    expect(text).toContain('Nothing: no memory made a command likelier.')
    expect(text).toContain('in no situation had two been tried of which one was estimated to return more')
    expect(text).toContain('as TALES measures, here of all its steps.')
  })

  test('a model’s calls are counted in the comparison', async () => {
    const calls = [called({ promptTokens: 1_000_000, completionTokens: 50_000 }), called({ cached: true })]
    const text = textOf(await pageOf([runOf([0], { events: episode(1, [turn({ calls })]) })]))
    expect(text).toMatch(/Model calls.*1000010/)
    // A million tokens at $2, .05 million at $10; the cached call cost nothing.
    expect(text).toContain('2.50')
  })

  test('how a model answered stands beside the calibration: label mass, disagreement, faults and the way it was asked', async () => {
    const calls = [
      called({ labelMass: 0.9, disagreement: 0.2 }),
      called({ labelMass: 0.3, disagreement: null, missing: 2 }),
      called({ labelMass: null, fault: 'refusal' }),
    ]
    const probed = {
      type: 'model-probed',
      rung: 'sampling',
      rejected: [{ rung: 'logprobs', reason: 'the server gives none' }],
      calls: [],
    } as const
    const text = textOf(await pageOf([runOf([0], { events: [probed, ...episode(1, [turn({ calls })])] })]))
    // Calls, cached, mean mass (.9 + .3) / 2, one of two under half, disagreement, missing, not offered, unusable.
    expect(text).toContain(['jitrl', 3, 0, '0.600', '0.500', '0.200', 2, 0, 1].join(''))
    expect(text).toContain('Asked by sampling, for better ways would not do (logprobs: the server gives none).')
    expect(text).toContain('Unusable of 3 answers: refusal 1 (33.3 %).')
  })

  test('a ceiling is drawn where its protocol allows, and otherwise named with the reason', async () => {
    const paper = { label: 'Paper', sha256: STORY.sha256, score: 40, stepLimit: 60, episodes: 12, protocol: 'one run' }
    const html = await pageOf(comparison(2), COMMAND, [paper, { ...paper, label: 'Other', stepLimit: 110 }])
    expect(html.match(/>Paper: 40.0<\/text>/g)).toHaveLength(2) // the wide and the narrow drawing
    expect(html).not.toContain('>Other: 40.0</text>')
    expect(textOf(html)).toContain('Not drawn, for its protocol differs (episodes of 110 steps, here 60): Other, 40.0')
  })
})

/** Down to the cellar twice, the second time for five points and with a memory of the first. */
function adventure() {
  const seen = { type: 'transition', run: 'lighthouse/jitrl/seed-1/00000000', episode: 1, turn: 1 } as const
  const tilted = { advantage: 2, adjusted: Math.log(0.25) + 3 * 2, probability: 0.9 }
  const down = candidate({ action: 'down', prior: 0.25, q: 4, visits: 1, ...tilted })
  const evidence = [{ ...seen, next: 'Cellar |  | 0 | 00000000', reward: 0 }]
  const candidates = [{ ...down, evidence }, candidate({ action: 'wait', prior: 0.75, probability: 0.1 })]
  const start = { type: 'run-started', run: seen.run, config: runOf([5]).config } as const
  return [
    start,
    ...episode(1, [
      turn({ chosen: 'down', to: 'Cellar', text: 'It is dark.' }),
      turn({ chosen: 'dig', reward: 5, to: 'Cellar', score: 5 }),
    ]),
    ...episode(2, [
      turn({ chosen: 'down', candidates, to: 'Attic' }),
      turn({ chosen: 'wait', to: 'Attic', reward: 0 }),
    ]),
  ].slice(0, -1)
}

describe('the page is safe to open', () => {
  test('its only script is its own, named by hash in its policy, and nothing is asked for', async () => {
    const html = await pageOf(comparison(2))
    const [, script = ''] = html.match(/<script>(.*?)<\/script>/s) ?? []
    expect(html.match(/<script/g)).toHaveLength(1)
    const hash = createHash('sha256').update(script).digest('base64')
    expect(html.replaceAll('&#x27;', "'")).toContain(
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'`,
    )
    expect(html).not.toMatch(/<img|<iframe|\bon\w+="|\bsrc=|url\(|@import|https?:|fetch\(|import\(/i)
  })

  const hostile = `</title></style></template><script>alert("1")</script>'" onload=x \u001b[31mred\u001b[0m \u001b]0;t\u0007 \u202egnp`

  function hostileRun(): RecordedRun {
    const memory = { type: 'transition', run: hostile, episode: 1, turn: 1, next: hostile, reward: 1 } as const
    const neighbour = { run: hostile, episode: 1, turn: 1, action: hostile, similarity: 1, return: 1 }
    const made = turn({
      chosen: hostile,
      staticChoice: `${hostile}!`,
      to: hostile,
      text: hostile,
      inventory: [hostile],
      situation: hostile,
      candidates: [
        candidate({ action: hostile, q: 1, advantage: 1, evidence: [memory] }),
        candidate({ action: 'wait', q: 0 }),
      ],
      neighbours: [neighbour],
      reward: 1,
    })
    return runOf([1, 2], {
      policy: hostile,
      parameters: { [hostile]: hostile },
      story: { ...STORY, title: hostile, id: hostile, serial: hostile },
      prior: { name: hostile, rung: hostile },
      handicaps: [hostile],
      command: hostile,
      events: [...episode(1, [made, made]), ...episode(2, [made])],
    })
  }

  test('text of a story, a policy, a command, a room or a memory stays text', async () => {
    const html = await pageOf([hostileRun()], hostile)
    expect(html.match(/<script/gi)).toHaveLength(1)
    for (const tag of ['style', 'title', 'template', 'script'])
      expect(html.match(new RegExp(`<head>.*</${tag}>|</${tag}>`, 'g'))?.length).toBeLessThanOrEqual(
        html.match(new RegExp(`<${tag}[ >]`, 'g'))!.length,
      )
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)')
    // Within a tag, an unescaped quote would let an attribute end early.
    expect(html.match(/<[a-z][^>]*onload[^>]*>/g) ?? []).toSatisfy((tags: string[]) =>
      tags.every((tag) => /aria-label="[^"]*onload/.test(tag)),
    )
  })

  test('terminal sequences and reversed text are taken out, of what is packed for the turn browser as well', async () => {
    const html = await pageOf([hostileRun()], hostile)
    const packed = html
      .match(/<template[^>]*>(.*?)<\/template>/s)![1]!
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
    const texts = /"texts":\["([^"]*)"/.exec(packed)![1]!
    const unpacked = inflateRawSync(Buffer.from(texts, 'base64')).toString()
    expect(unpacked).toContain('onload')
    for (const text of [html, unpacked]) {
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
      expect(text).not.toContain('[31m')
    }
  })
})

/** The page's script speaks of undefined and the like. */
function withoutScript(html: string): string {
  return html.replace(/<script>.*<\/script>/s, '')
}

/** What a reader sees. */
function textOf(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<(script|template).*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
