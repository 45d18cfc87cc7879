import { cleanup, render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import { Screen } from '../../../src/tui/screen.tsx'

afterEach(cleanup)

test('the screen draws its rows one below the other', () => {
  const { lastFrame } = render(<Screen rows={['\ue001', '\ue002', '\ue001']} />)
  expect(lastFrame()?.split('\n')).toEqual(['\ue001', '\ue002', '\ue001'])
})
