import { expect, test } from 'vitest'
import { frameSvg } from '../../../src/tui/frame-svg.ts'
import { line, span } from '../../../src/tui/spans.ts'

test('a picture of the screen has its texts, escaped, and its bars as shapes', () => {
  const svg = frameSvg([[span('<b> & "q"', { bold: true }), span(' ██▌', { colour: 'red' })], line('─────')], 20)
  expect(svg).toContain('&lt;b&gt; &amp; "q"</text>')
  expect(svg).toContain('font-weight="bold"')
  // Two full blocks are one shape of 16.8 by 18 behind ten columns of 8.4 and the margin of 16, the half one of 4.2.
  expect(svg).toContain('<rect x="100" y="16" width="16.8" height="18" fill="#f0808b"/>')
  expect(svg).toContain('<rect x="116.8" y="16" width="4.2" height="18" fill="#f0808b"/>')
  expect(svg).toContain('<path d="M16 43H58"')
  expect(svg).toMatch(/viewBox="0 0 200 68"/)
})
