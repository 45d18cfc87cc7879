import { expect, it } from 'vitest'
import { Machine, StoryFault } from '../../games/machine.ts'
import { assembleStory, loop, opcode, RESULT } from './assembled-story.ts'

/** The byte that a restart leaves alone, and its bit that asks for fixed pitch (Standard §11.1). */
const FLAGS = 0x11
const FIXED_PITCH = 2

/** Turns that never end inside one operation, or pieces so dear that counting them is no bound. Opcodes by Standard §14. */
const TURNS = {
  'siblings in a ring are searched': {
    objects: [
      [0, 0, 2],
      [1, 3, 0],
      [1, 2, 0],
      [1, 0, 0],
    ],
    turn: opcode.removeObj(4),
  },
  'a frame that is not there is thrown to': { turn: [0xdc, 0x0f, 0, 1, 0, 0] },
  'a long table is scanned for ever': { turn: loop([0xf7, 0x03, 0xff, 0xfe, 0, 0, 0x03, 0xff, 0x13, 0xc2]) },
  'a tall table is printed for ever': { turn: loop([0xfe, 0x03, 0, 0x40, 0, 1, 0xff, 0xff]) },
  'the story restarts for ever': {
    opening: [...opcode.loadb(FLAGS, 0), ...opcode.je(RESULT, FIXED_PITCH, 1), ...opcode.restart()],
    turn: [0xe2, 0x17, 0, FLAGS, 0, FIXED_PITCH, ...opcode.restart()],
  },
  'the story is saved for ever': { turn: loop([0xbe, 0x00, 0xff, 0x13]) },
  'the story is saved and restored for ever': { turn: loop([0xbe, 0x00, 0xff, 0x13, 0xbe, 0x01, 0xff, 0x13]) },
  'a state to undo to is kept for ever': { turn: loop([0xbe, 0x09, 0xff, 0x13]) },
  'output goes into memory within itself for ever': { turn: loop([0xf3, 0x4f, 3, 0x03, 0]) },
  'a table without a width is printed first': { turn: [0xfe, 0x3f, 0x02, 0, ...loop([])] },
} as const

it.each(Object.entries(TURNS))('is a fault within a second where %s', (_, story) => {
  const machine = new Machine(assembleStory(story), 0)
  const start = process.cpuUsage()
  expect(() => machine.line('go')).toThrow(StoryFault)
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
})
