/** An operand: a number is a constant, the rest names a variable (Standard §4.2). */
type Operand = number | { readonly variable: number }

/** The first local variable of a routine. */
export const LOCAL: Operand = { variable: 1 }
/** The first of the globals that hold nothing else: version 3 keeps location, score and turns in the three before. */
export const RESULT: Operand = { variable: 16 + 3 }

/** A branch that goes on with the next instruction, whatever the condition (Standard §4.7: an offset of 2). */
const BRANCH_NOWHERE = 0xc2

/** Where the parts of every assembled story lie. */
const OBJECTS = 0x40
const GLOBALS = 0x200
const TEXT_BUFFER = 0x400
const PARSE_BUFFER = 0x480
export const ROOM = 0x500
const STATIC = ROOM
const ROUTINE = 0x520
const CODE = 0x580
const LENGTH = 0x800

const LINE_LENGTH = 60

/** A few instructions by their names in the Standard (§14, §15), each as its bytes. */
export const opcode = {
  je: (a: Operand, b: Operand, skip: number) => [...variableForm(0xc1, a, b), ...branchOver(skip)],
  insertObj: (object: Operand, into: Operand) => variableForm(0xce, object, into),
  loadb: (array: Operand, index: Operand) => [...variableForm(0xd0, array, index), store(RESULT)],
  getProp: (object: Operand, property: Operand) => [...variableForm(0xd1, object, property), store(RESULT)],
  setAttr: (object: Operand, attribute: Operand) => variableForm(0xcb, object, attribute),
  getSibling: (object: Operand) => [...shortForm(0x81, object), store(RESULT), BRANCH_NOWHERE],
  getChild: (object: Operand) => [...shortForm(0x82, object), store(RESULT), BRANCH_NOWHERE],
  getParent: (object: Operand) => [...shortForm(0x83, object), store(RESULT)],
  removeObj: (object: Operand) => shortForm(0x89, object),
  retPopped: () => [0xb8],
  push: (value: Operand) => variableForm(0xe8, value),
  quit: () => [0xba],
  restart: () => [0xb7],
  newLine: () => [0xbb],
  /** Calls the story's only routine. */
  call: (version: number, argument: Operand) => [
    ...variableForm(0xe0, ROUTINE / (version === 3 ? 2 : 4), argument),
    store(RESULT),
  ],
  printNum: (value: Operand) => variableForm(0xe6, value),
  random: (range: Operand) => [...variableForm(0xe7, range), store(RESULT)],
  readChar: () => [...variableForm(0xf6, 1), store(RESULT)],
}

/** Does the instructions again and again, for ever. A jump counts from behind itself, less two (§4.7). */
export function loop(body: readonly number[]): readonly number[] {
  return [...body, ...shortForm(0x8c, (-body.length - 1) & 0xffff)]
}

/** Does the instructions where the line typed begins with the letter. */
export function whenTyped(version: number, letter: string, body: readonly number[]): readonly number[] {
  const first = TEXT_BUFFER + (version === 3 ? 1 : 2)
  return [...opcode.loadb(first, 0), ...opcode.je(RESULT, letter.charCodeAt(0), body.length), ...body]
}

/** Names a local variable that there is not, so that no routine can be compiled, and goes past it. */
export const UNFIT: readonly number[] = [...opcode.je(0, 1, 2), 0x95, 15]

/** Prints a number on a line of its own. */
export function say(value: Operand): readonly number[] {
  return [...opcode.printNum(value), ...opcode.newLine()]
}

interface AssembledStory {
  readonly version?: 3 | 5
  /** Parent, sibling and child of each object, from object 1. */
  readonly objects?: readonly (readonly [parent: number, sibling: number, child: number])[]
  /** Done once. */
  readonly opening?: readonly number[]
  /** Done after every line typed. */
  readonly turn?: readonly number[]
  /** Instructions of the routine, which has one local variable, or as many as `locals`. */
  readonly routine?: readonly number[]
  readonly locals?: 0 | 1
  /** Bytes of dynamic memory from `ROOM` on; `opcode.call` finds no routine behind any. */
  readonly room?: number
  /** Of the file, in bytes. */
  readonly length?: number
  /** Whether all but the last byte is dynamic memory, the code as well. */
  readonly isAllDynamic?: boolean
}

/** A story of a few instructions: it opens, then asks for a line and does its turn, again and again. */
export function assembleStory(story: AssembledStory): Uint8Array {
  const { version = 5, objects = [], opening = [], turn = [], routine = [], locals = 1 } = story
  const { room = 0, length = LENGTH + room } = story
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  const read = variableForm(0xe4, TEXT_BUFFER, PARSE_BUFFER)
  const asked = version === 3 ? read : [...read, store(RESULT)]
  bytes.set([...opening, ...loop([...asked, ...turn])], room + CODE)
  bytes.set([locals, ...(version === 3 ? new Array(2 * locals).fill(0) : []), ...routine], room + ROUTINE)
  bytes[TEXT_BUFFER] = LINE_LENGTH
  bytes[PARSE_BUFFER] = 10
  // A dictionary without separators and words (§13.2); entries of 7 or 9 bytes.
  bytes.set([0, version === 3 ? 7 : 9, 0, 0], room + STATIC)
  writeObjects(view, version, objects)
  view.setUint8(0x00, version)
  view.setUint16(0x06, room + CODE)
  view.setUint16(0x08, room + STATIC)
  view.setUint16(0x0a, OBJECTS)
  view.setUint16(0x0c, GLOBALS)
  view.setUint16(0x0e, story.isAllDynamic ? length - 1 : room + STATIC)
  view.setUint16(0x1a, length / (version === 3 ? 2 : 4))
  return bytes
}

function writeObjects(view: DataView, version: number, objects: NonNullable<AssembledStory['objects']>): void {
  const [defaults, size, at, width] = version === 3 ? [31, 9, 4, 1] : [63, 14, 6, 2]
  const entries = OBJECTS + 2 * defaults
  const tables = entries + size * objects.length
  objects.forEach((links, i) => {
    const entry = entries + i * size
    links.forEach((link, j) => {
      if (width === 1) view.setUint8(entry + at + j, link)
      else view.setUint16(entry + at + 2 * j, link)
    })
    // A table of its own for each object: no name, no properties.
    view.setUint16(entry + at + 3 * width, tables + 2 * i)
  })
  // An entry for object 0 would lie in the last defaults: no byte of theirs is 0, to show who reads there.
  for (let property = 1; property <= defaults; property++) {
    view.setUint16(OBJECTS + 2 * (property - 1), property * 0x101)
  }
}

/** Any operation with two operands, or more, written in variable form (§4.3.3). */
function variableForm(code: number, ...operands: readonly Operand[]): number[] {
  const types = operands.reduce<number>((all, operand, i) => all | (typeOf(operand) << (6 - 2 * i)), 0)
  const omitted = 0xff >> (2 * operands.length)
  return [code, types | omitted, ...operands.flatMap(bytesOf)]
}

/** An operation with one operand (§4.3.1). */
function shortForm(code: number, operand: Operand): number[] {
  return [code | (typeOf(operand) << 4), ...bytesOf(operand)]
}

function typeOf(operand: Operand): number {
  return typeof operand === 'number' ? 0 : 2
}

function bytesOf(operand: Operand): number[] {
  return typeof operand === 'number' ? [(operand >> 8) & 0xff, operand & 0xff] : [operand.variable]
}

function store(target: Operand): number {
  return typeof target === 'number' ? 0 : target.variable
}

/** Goes past as many bytes where the condition does not hold. */
function branchOver(skip: number): number[] {
  return [0x40 | (skip + 2)]
}
