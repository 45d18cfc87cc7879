import { describe, expect, it } from 'vitest'
import { Machine, StoryFault } from '../../games/machine.ts'
import { assembleStory, LOCAL, loop, opcode, RESULT, say, whenTyped } from './assembled-story.ts'

/** What the story prints in its first turn. */
function printed(story: Parameters<typeof assembleStory>[0], seed = 0): string[] {
  const machine = new Machine(assembleStory(story), seed)
  machine.line('go')
  return machine.glk.takeText().trimEnd().split('\n')
}

/** Object 1 holds 2, 3 and 4, in this order. */
const FAMILY = [
  [0, 0, 2],
  [1, 3, 0],
  [1, 4, 0],
  [1, 0, 0],
] as const

describe.each([3, 5] as const)('the object tree of version %i', (version) => {
  const tree = (turn: readonly number[]) => printed({ version, objects: FAMILY, turn })
  const relatives = (object: number) => [
    ...[...opcode.getParent(object), ...say(RESULT)],
    ...[...opcode.getSibling(object), ...say(RESULT)],
    ...[...opcode.getChild(object), ...say(RESULT)],
  ]

  it.each([2, 3, 4])('forgets the sibling of an object that is taken out: %i', (object) => {
    expect(tree([...opcode.removeObj(object), ...relatives(object)])).toEqual(['0', '0', '0'])
  })

  it('ties the others together again', () => {
    expect(tree([...opcode.removeObj(3), ...relatives(2)])).toEqual(['1', '4', '0'])
    expect(tree([...opcode.removeObj(2), ...relatives(1)])).toEqual(['0', '0', '3'])
  })

  it('puts an object first among its new siblings', () => {
    expect(tree([...opcode.insertObj(4, 1), ...relatives(4), ...relatives(3)])).toEqual([
      ...['1', '2', '0'],
      ...['1', '0', '0'],
    ])
  })

  it('has nothing about object 0', () => {
    expect(tree([...relatives(0), ...opcode.getProp(0, 1), ...say(RESULT)])).toEqual(['0', '0', '0', '0'])
  })

  it('changes nothing for object 0', () => {
    const machine = new Machine(
      assembleStory({
        version,
        objects: FAMILY,
        turn: [...opcode.setAttr(0, 0), ...opcode.removeObj(0), ...opcode.insertObj(0, 1), ...opcode.insertObj(2, 0)],
      }),
      0,
    )
    const tables = () => machine.save().ram.slice(0x40, 0x200)
    const before = tables()
    machine.line('go')
    expect(tables()).toEqual(before)
  })
})

describe('ret_popped', () => {
  const call = (routine: readonly number[], locals: 0 | 1) => ({
    locals,
    routine,
    turn: [...opcode.call(5, 77), ...say(RESULT)],
  })

  it('gives what was pushed', () => {
    expect(printed(call([...opcode.push(5), ...opcode.retPopped()], 1))).toEqual(['5'])
  })

  it('gives the last local where nothing was pushed, as Frotz does', () => {
    expect(printed(call(opcode.retPopped(), 1))).toEqual(['77'])
  })

  it('returns all the same where there is nothing at all', () => {
    expect(printed(call(opcode.retPopped(), 0))).toEqual(['0'])
  })

  it('is still mended after the story has restarted itself', () => {
    const machine = new Machine(
      assembleStory({
        routine: opcode.retPopped(),
        turn: [...whenTyped(5, 'r', opcode.restart()), ...opcode.call(5, 77), ...say(RESULT)],
      }),
      0,
    )
    machine.line('restart')
    machine.line('go')
    expect(machine.glk.takeText()).toBe('77\n')
  })
})

describe('random numbers', () => {
  it("are Frotz's, by the seed", () => {
    const turn = [...opcode.random(100), ...say(RESULT), ...opcode.random(100), ...say(RESULT)]
    // Worked in frotz-random.test.ts.
    expect(printed({ turn }, 1)).toEqual(['47', '31'])
    expect(printed({ turn }, 0)).toEqual(['1', '47'])
  })

  it('may be counted off at the story’s wish', () => {
    const turn = [...opcode.random(-2), ...opcode.random(100), ...say(RESULT), ...opcode.random(100), ...say(RESULT)]
    expect(printed({ turn }, 1)).toEqual(['1', '2'])
  })
})

describe('a story that breaks down', () => {
  it.each([
    ['jumps on the spot', { turn: loop([]) }],
    ['does so in a routine', { routine: loop([]), turn: opcode.call(5, 1) }],
    ['calls a routine again and again', { routine: opcode.retPopped(), turn: loop(opcode.call(5, 1)) }],
    ['draws random numbers for ever', { turn: loop(opcode.random(6)) }],
  ])('is given up within a second where it %s', (_, story) => {
    const machine = new Machine(assembleStory(story), 0)
    const start = process.cpuUsage()
    expect(() => machine.line('go')).toThrow(new StoryFault('The story never ends its turn.'))
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })

  it('is given up where it calls itself without end', () => {
    const machine = new Machine(assembleStory({ routine: opcode.call(5, LOCAL), turn: opcode.call(5, 1) }), 0)
    expect(() => machine.line('go')).toThrow(StoryFault)
  })

  it('is given up where it never gets to its first prompt', () => {
    expect(() => new Machine(assembleStory({ opening: loop([]) }), 0)).toThrow(StoryFault)
  })

  it('names the place of an instruction that does not exist', () => {
    const machine = new Machine(assembleStory({ turn: [0xbe, 0xff] }), 0)
    expect(() => machine.line('go')).toThrow(/near address \d+: Unknown opcode/)
  })

  it('does not write outside its memory', () => {
    const machine = new Machine(assembleStory({ objects: FAMILY, turn: opcode.setAttr(60_000, 1) }), 0)
    expect(() => machine.line('go')).toThrow(StoryFault)
  })

  it.each([
    [16, 'its turn is over'],
    [17, 'it is given up'],
  ])('selects output into memory %i deep, and %s', (depth) => {
    const streams = Array.from({ length: depth }, () => [0xf3, 0x4f, 3, 0x03, 0]).flat()
    const unselect = Array.from({ length: depth }, () => [0xf3, 0x3f, 0xff, 0xfd]).flat()
    const machine = new Machine(assembleStory({ turn: [...streams, ...unselect, ...say(depth)] }), 0)
    if (depth === 17) expect(() => machine.line('go')).toThrow(/more than 16 deep/)
    else {
      machine.line('go')
      expect(machine.glk.takeText()).toBe('16\n')
    }
  })

  it('has nothing typed for the player behind its end', () => {
    const story = assembleStory({ turn: [0xe4, 0x0f, 0x07, 0xf0, 0, 0, 0x13] })
    story.set([10, 200], 0x7f0)
    const machine = new Machine(story, 0)
    machine.line('go')
    expect(() => machine.line('go')).toThrow(StoryFault)
  })

  it('goes on from what was saved before', () => {
    const story = assembleStory({ turn: [...opcode.random(100), ...say(RESULT), ...whenTyped(5, 'x', loop([]))] })
    const machine = new Machine(story, 1)
    const before = machine.save()
    expect(() => machine.line('x')).toThrow(StoryFault)
    machine.glk.takeText()
    machine.load(before)
    machine.line('go')
    expect(machine.glk.takeText()).toBe('47\n')
  })
})

describe('code in dynamic memory', () => {
  it('is run as the story has changed it', () => {
    // Behind `read`, of seven bytes, the number's low byte is the fourth.
    const number = 0x580 + 7 + 3
    const turn = [...say(5), 0xe2, 0x03, number >> 8, number & 0xff, 0, 0, 0, 7]
    const machine = new Machine(assembleStory({ turn, isAllDynamic: true }), 0)
    const printed = ['go', 'go', 'go'].map((command) => {
      machine.line(command)
      return machine.glk.takeText()
    })
    expect(printed).toEqual(['5\n', '7\n', '7\n'])
  })
})

describe('input', () => {
  it('is cut to what the story has room for', () => {
    const machine = new Machine(assembleStory({ turn: [...opcode.loadb(0x401, 0), ...say(RESULT)] }), 0)
    machine.line('a'.repeat(5000))
    // The buffer's own length, and behind it that of the line.
    expect(machine.glk.takeText()).toBe('60\n')
  })

  it('is refused as a line where the story waits for a key', () => {
    const machine = new Machine(assembleStory({ opening: opcode.readChar() }), 0)
    expect(machine.input).toBe('char')
    expect(() => machine.line('go')).toThrow(StoryFault)
  })

  it.each([
    ['', 13],
    ['\n', 13],
    ['a', 97],
    ['ä', 155],
    ['€', 63],
  ])('takes the key %j as ZSCII %i', (key, code) => {
    const machine = new Machine(assembleStory({ opening: [...opcode.readChar(), ...say(RESULT)] }), 0)
    machine.key(key)
    expect(machine.glk.takeText()).toBe(`${code}\n`)
  })

  it('is over where the story quits', () => {
    const machine = new Machine(assembleStory({ turn: opcode.quit() }), 0)
    machine.line('go')
    expect(machine.input).toBe('none')
  })
})
