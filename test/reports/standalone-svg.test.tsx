import { expect, test } from 'vitest'
import { standaloneSvg } from '../../reports/standalone-svg.ts'

test('a drawing alone brings its style and its colours, and refers to nothing', () => {
  const svg = standaloneSvg(
    <svg className="chart" viewBox="0 0 100 50" width={100} role="img" aria-label="b">
      <text fill="var(--learner-0)">{'<b> & "c"'}</text>
    </svg>,
  )
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*viewBox="-12 -12 124 74" width="124" height="74">/,
  )
  expect(svg).toContain('fill="#0072b2"')
  expect(svg).toContain('&lt;b&gt; &amp; &quot;c&quot;')
  expect(svg).not.toMatch(/var\(|url\(|href|<script/)
})

test('what is no drawing is refused', () => {
  expect(() => standaloneSvg(<p>text</p>)).toThrow(RangeError)
})
