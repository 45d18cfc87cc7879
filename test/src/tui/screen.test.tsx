import { cleanup, render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import { Screen } from '../../../src/tui/screen.tsx'
import { line, span } from '../../../src/tui/spans.ts'

afterEach(cleanup)

const asItIs = (text: string) => text

test('the screen draws its lines one below the other, empty ones too', () => {
  const lines = [line('status'), [], [span('a', { bold: true }), span(' b')]]
  const { lastFrame } = render(<Screen lines={lines} colours={false} encode={asItIs} />)
  expect(
    lastFrame()
      ?.split('\n')
      .map((row) => row.trimEnd()),
  ).toEqual(['status', '', 'a b'])
})
