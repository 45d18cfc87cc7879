import { expect, test } from 'vitest'
import { DARK, LIGHT } from '../../reports/chart-style.ts'
import { SHADES } from '../../reports/room-map-chart.tsx'

test.each([
  ['light', LIGHT],
  ['dark', DARK],
])(
  'names of rooms can be read on the deepest shade of every policy, in %s (WCAG 2.2, 1.4.3: 4.5 to 1)',
  (_, colours) => {
    const { ground = '', ink = '' } = colours
    for (const [name, colour] of Object.entries(colours)) {
      if (!/^(learner-\d|static|random)$/.test(name)) continue
      const room = mixed(channels(colour), channels(ground), SHADES.deepest)
      expect(contrast(channels(ink), room), name).toBeGreaterThan(4.5)
    }
  },
)

type Channels = readonly number[]

function channels(colour: string): Channels {
  return [1, 3, 5].map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255)
}

function mixed(above: Channels, below: Channels, opacity: number): Channels {
  return above.map((channel, index) => opacity * channel + (1 - opacity) * below[index]!)
}

/** WCAG's relative luminance. */
function luminance(colour: Channels): number {
  const [red = 0, green = 0, blue = 0] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: Channels, b: Channels): number {
  const [dark, bright] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (bright! + 0.05) / (dark! + 0.05)
}
