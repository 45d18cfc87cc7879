import { describe, expect, it } from 'vitest'
import { standingAfter } from '../../harness/darkness.ts'

const cellar = (text: string) => ({ text, location: 'Cellar' })
const dark = { locationId: 7, isDark: true }

describe('where one stands', () => {
  it.each([
    'You have moved into a dark place.\nIt is pitch black.',
    'Darkness\nIt is pitch dark, and you can’t see a thing.',
    'It is too dark to see!',
  ])('is dark where the text says so: %s', (text) => {
    expect(standingAfter(cellar(text), 7, null)).toEqual(dark)
  })

  it('stays dark while nothing is told of it', () => {
    expect(standingAfter(cellar('Thank you very much. It really hit the spot.'), 7, dark)).toEqual(dark)
  })

  it('is light again with the heading of the room, or elsewhere', () => {
    const lit = { locationId: 7, isDark: false }
    expect(standingAfter(cellar('The lantern is now on.\n\nCellar\nA damp cellar.'), 7, dark)).toEqual(lit)
    expect(standingAfter({ text: 'Attic\nDust.', location: 'Attic' }, 8, dark).isDark).toBe(false)
    expect(standingAfter(cellar('Taken.'), 7, lit)).toEqual(lit)
  })
})
