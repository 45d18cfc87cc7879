import { describe, expect, it } from 'vitest'
import { Machine, StoryFault } from '../../games/machine.ts'
import { assembleStory, loop, opcode, RESULT, ROOM, UNFIT } from './assembled-story.ts'

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

/** Room for data, in bytes, and a place in it. */
const SIZE = 0x6000
const DATA = ROOM + 0x100
/** The first object's table of name and properties is named here, in an entry of version 5. */
const TABLE = 0xbe + 12

const bytes = (word: number) => [(word >> 8) & 0xff, word & 0xff]
/** An instruction of variable form, of large constants. */
const instruction = (code: number, ...words: readonly number[]) => [
  code,
  0xff >> (2 * words.length),
  ...words.flatMap(bytes),
]
const times = (count: number, body: readonly number[]) => Array.from({ length: count }, () => body).flat()

const SCREEN_OFF = instruction(0xf3, -1)
const INTO_MEMORY = instruction(0xf3, 3, DATA)
const INTO_WINDOW = [...instruction(0xea, 20), ...instruction(0xeb, 1)]
const INC = [0x95, 0x13]

/** Three letters a word, and the mark of a text's last word (Standard §3.2). */
const LETTERS = [0x18, 0x46]
const LAST = 0x80
/** An abbreviation of number 0 and a letter. */
const ABBREVIATED = [0x04, 0x06]

type Fill = (story: Uint8Array) => void
const put =
  (at: number, ...values: readonly number[]) =>
  (story: Uint8Array) =>
    story.set(values, at)
const fill = (at: number, length: number, values: readonly number[]) =>
  put(at, ...times(length / values.length, values))

const LONG_TEXT = fill(DATA, 0x5000, LETTERS)

interface Dear {
  readonly before?: readonly number[]
  /** Done for ever. */
  readonly body: readonly number[]
  readonly data?: readonly Fill[]
}

/** Loops of instructions that do more the longer their operands are, or many of them. */
const DEAR: Readonly<Record<string, Dear>> = {
  'a table is cleared': { body: instruction(0xfd, ROOM, 0, 0x5000) },
  'a table is copied': { body: instruction(0xfd, ROOM, ROOM + 16, 0x5000) },
  'a table is copied over itself': { body: instruction(0xfd, ROOM, ROOM + 16, -0x5000) },
  'a long text is printed and not seen': {
    before: SCREEN_OFF,
    body: [0x87, ...bytes(DATA)],
    data: [LONG_TEXT],
  },
  'a long text is printed into memory': {
    before: INTO_MEMORY,
    body: [0x87, ...bytes(DATA)],
    data: [LONG_TEXT],
  },
  'a text of nothing but shifts is printed': {
    before: SCREEN_OFF,
    body: [0x87, ...bytes(DATA)],
    data: [fill(DATA, 0x5000, [0x10, 0x84])],
  },
  'an abbreviation names itself in every word': {
    before: SCREEN_OFF,
    body: [0x87, ...bytes(DATA)],
    data: [put(0x18, ...bytes(ROOM)), put(ROOM, ...bytes(DATA >> 1)), fill(DATA, 0x5000, ABBREVIATED)],
  },
  'texts are printed, one behind each byte': {
    before: SCREEN_OFF,
    body: [...INC, 0xa7, 0x13],
    data: [LONG_TEXT],
  },
  'a long name is printed': {
    before: SCREEN_OFF,
    body: [0x8a, ...bytes(1)],
    data: [put(TABLE, ...bytes(DATA)), put(DATA, 255, 0x18, 0x46 | LAST)],
  },
  'numbers are printed and not seen': { before: SCREEN_OFF, body: times(100, instruction(0xe6, 30_000)) },
  'lines are printed and not seen': { before: SCREEN_OFF, body: times(2000, [0xbb]) },
  'a table of rows without width is printed': { before: SCREEN_OFF, body: instruction(0xfe, DATA, 0, 0x7fff) },
  'a table is printed into memory and forgotten': {
    body: [...INTO_MEMORY, ...instruction(0xfe, ROOM, 0x800, 1), ...instruction(0xf3, -3)],
  },
  'a text is encoded': { body: instruction(0xfc, DATA, 0x5000, 0, ROOM) },
  'every place is a dictionary': {
    body: [...INC, 0xfb, 0x0b, ...bytes(DATA), ...bytes(ROOM), 0x13],
    data: [put(ROOM, 60), put(DATA, 250), fill(DATA + 0x200, 0x5000, [1])],
  },
  'a property is looked for in all of memory': {
    body: times(50, [...instruction(0xd1, 1, 1), 0x13]),
    data: [put(TABLE, ...bytes(DATA)), fill(DATA + 1, 0x5e00, [0x3f])],
  },
  'the next property is looked for in all of memory': {
    body: times(50, [...instruction(0xd3, 1, 1), 0x13]),
    data: [put(TABLE, ...bytes(DATA)), fill(DATA + 1, 0x5e00, [0x3f])],
  },
  'the screen is split': { body: [...instruction(0xea, 0xffff), ...instruction(0xea, 1)] },
  'the cursor is set': { before: INTO_WINDOW, body: times(200, instruction(0xef, 3, 4)) },
  'a window is erased': { before: INTO_WINDOW, body: times(200, instruction(0xed, -1)) },
  'a window is chosen': { before: INTO_WINDOW, body: times(200, instruction(0xeb, 1)) },
  'a font is chosen': { body: times(200, [0xbe, 4, 0x3f, ...bytes(4), 0x13, 0xbe, 4, 0x3f, ...bytes(1), 0x13]) },
  'dice are thrown': { body: times(500, [...instruction(0xe7, 6), 0x13]) },
  'a loop is long': { body: times(7000, INC) },
  'nothing is undone': { body: times(500, [0xbe, 0x0a, 0xff, 0x13]) },
  'every instruction may branch': { body: times(1000, [0xbd, 0xc2]) },
}

interface Way {
  readonly prefix?: readonly number[]
  readonly isAllDynamic?: boolean
}

const WAYS: Readonly<Record<string, Way>> = {
  'by compiled code': {},
  'by pieces of code': { prefix: UNFIT },
  'by code that could change': { isAllDynamic: true },
}

describe.each(Object.entries(WAYS))('%s', (_, { prefix = [], ...way }) => {
  it.each(Object.entries(DEAR))(
    'is a fault within a second where for ever %s',
    (_, { before = [], body, data = [] }) => {
      const turn = [...before, ...loop([...prefix, ...body])]
      const story = assembleStory({ objects: [[0, 0, 0]], room: SIZE, length: 0xb000, turn, ...way })
      for (const write of data) write(story)
      const machine = new Machine(story, 0)
      const start = process.cpuUsage()
      expect(() => machine.line('go')).toThrow(StoryFault)
      expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
    },
  )
})

it('does not hang on what was compiled before', () => {
  const story = assembleStory({ length: 0x1000, turn: loop(times(600, [0xbd, 0xc2])) })
  const message = () => {
    try {
      new Machine(story, 0).line('go')
    } catch (error) {
      return String(error)
    }
    return null
  }
  expect(message()).toMatch(/never ends/)
  expect(message()).toMatch(/never ends/)
})
