import { describe, expect, test } from 'vitest'
import { typed } from '../../../src/tui/line-edit.ts'
import {
  completeNow,
  initialPlay,
  type PlayControls,
  type PlaySituation,
  pressPlay,
} from '../../../src/tui/play-controls.ts'

const situation: PlaySituation = {
  input: 'line',
  validActions: ['north', 'open box', 'open door'],
  hasHints: false,
  page: 10,
  savedAs: 'tide.json',
  exists: () => false,
}

/** The controls after the keys, and what the last of them did. */
function keyed(keys: readonly string[], change: Partial<PlaySituation> = {}, from: PlayControls = initialPlay(false)) {
  let pressed: ReturnType<typeof pressPlay> = { controls: from, effects: [] }
  for (const key of keys) pressed = pressPlay(pressed.controls, key, { ...situation, ...change })
  return pressed
}
const line = (text: string) => [...text, 'return']
const text = ({ controls }: { readonly controls: PlayControls }) => typed(controls.edit)

describe('a person who plays', () => {
  test('gives commands, and finds those given before again', () => {
    expect(keyed(line('go north')).effects).toEqual([{ type: 'step', command: 'go north' }])
    const given = [...line('north'), ...line('open box'), ...line('open box')]
    expect(text(keyed([...given, 'up']))).toBe('open box')
    expect(text(keyed([...given, 'up', 'up']))).toBe('north')
    expect(text(keyed([...given, 'up', 'up', 'up', 'down']))).toBe('open box')
    expect(text(keyed([...given, 'up', 'down']))).toBe('')
  })

  test('completes from what can be done, once that is known', () => {
    expect(text(keyed(['o', 'tab']))).toBe('open box')
    expect(text(keyed(['o', 'tab', 'tab']))).toBe('open door')
    expect(keyed(['o', 'tab']).controls.message).toBe('open door')
    expect(keyed(['z', 'tab']).controls.message).toContain('Nothing')
    const waiting = keyed(['o', 'tab'], { validActions: null })
    expect(waiting.effects).toEqual([{ type: 'choices' }])
    expect(keyed(['tab'], { validActions: null }, waiting.controls).effects).toEqual([])
    expect(typed(completeNow(waiting.controls, ['open box']).edit)).toBe('open box')
    expect(completeNow(keyed(['o']).controls, ['open box'])).toEqual(keyed(['o']).controls)
  })

  test.each(['save', 'transcript'] as const)('is asked before %s writes over a file', (word) => {
    const there = { exists: (path: string) => path === 'mine' }
    const keys = [...line(word), 'ctrl+u', ...line('mine')]
    const asked = keyed(keys, there)
    expect(asked.effects).toEqual([])
    expect(asked.controls).toMatchObject({ asking: word, writesOver: true, message: expect.stringContaining('Enter') })
    expect(text(asked)).toBe('mine')
    expect(keyed(['return'], there, asked.controls).effects).toEqual([{ type: word, path: 'mine' }])
    expect(keyed(['escape'], there, asked.controls).controls).toMatchObject({ asking: null, writesOver: false })
    expect(keyed(line('2'), there, asked.controls).effects).toEqual([{ type: word, path: 'mine2' }])
    expect(keyed(['2', 'backspace', 'return'], there, asked.controls).effects).toEqual([])
    expect(keyed([...line('restore'), 'ctrl+u', ...line('mine')], there).effects).toHaveLength(1)
  })

  test('takes back, saves, restores and keeps a transcript by the words for it', () => {
    expect(keyed(line('undo')).effects).toEqual([{ type: 'undo' }])
    expect(text(keyed(line('save')))).toBe('tide.json')
    expect(keyed([...line('SAVE'), 'return']).effects).toEqual([{ type: 'save', path: 'tide.json' }])
    expect(keyed([...line('restore'), 'ctrl+u', ...line('a.json')]).effects).toEqual([
      { type: 'restore', path: 'a.json' },
    ])
    expect(keyed([...line('transcript'), 'return']).effects).toEqual([{ type: 'transcript', path: 'tide.txt' }])
    expect(keyed([...line('save'), 'escape', ...line('wait')]).effects).toEqual([{ type: 'step', command: 'wait' }])
    expect(keyed(line('save princess')).effects).toEqual([{ type: 'step', command: 'save princess' }])
  })

  test('answers a story that waits for a key with one key', () => {
    expect(keyed(['y'], { input: 'char' }).effects).toEqual([{ type: 'step', command: 'y' }])
    expect(keyed(['return'], { input: 'char' }).effects).toEqual([{ type: 'step', command: '' }])
    expect(keyed(['up'], { input: 'char' }).effects).toEqual([])
  })

  test('cannot go on in a story that has ended, but can go back', () => {
    expect(keyed(line('north'), { input: 'none' })).toMatchObject({ effects: [] })
    expect(keyed(line('north'), { input: 'none' }).controls.message).toContain('has ended')
    expect(keyed(line('undo'), { input: 'none' }).effects).toEqual([{ type: 'undo' }])
  })

  test('changes what stands beside the story, and scrolls it', () => {
    expect(keyed(['ctrl+g']).controls.panel).toBe('map')
    expect(keyed(['ctrl+g', 'ctrl+g', 'ctrl+g']).controls.panel).toBe('none')
    expect(keyed(['ctrl+g'], { hasHints: true }).controls.panel).toBe('hints')
    expect(keyed(['pageup', 'pageup', 'pagedown']).controls.scroll).toBe(9)
    expect(keyed(['pageup', ...line('wait')]).controls.scroll).toBe(0)
  })

  test('leaves by ctrl+d on an empty line and by ctrl+c, and stops by ctrl+z', () => {
    expect(keyed(['ctrl+d']).effects).toEqual([{ type: 'leave', how: 'quit' }])
    expect(keyed(['x', 'ctrl+d']).effects).toEqual([])
    expect(keyed(['x', 'ctrl+c']).effects).toEqual([{ type: 'leave', how: 'interrupt' }])
    expect(keyed(['ctrl+z']).effects).toEqual([{ type: 'suspend' }])
  })
})
