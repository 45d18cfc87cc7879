import { describe, expect, it } from 'vitest'
import { compassStep, parseCommand, undoes } from '../../harness/command-words.ts'

describe('the words of a command', () => {
  it.each([
    ['north', 'north', 'north', []],
    ['NE', 'northeast', 'northeast', []],
    ['go up', 'up', 'up', []],
    ['climb down', 'down', 'down', []],
    ['enter', 'in', 'in', []],
    ['climb tree', 'climb', null, ['tree']],
    ['enter house', 'enter', null, ['house']],
    ['get the brass lamp', 'take', null, ['brass', 'lamp']],
    ['pick up sword', 'take', null, ['sword']],
    ['turn on lamp', 'turn on', null, ['lamp']],
    ['switch lamp off', 'turn off', null, ['lamp']],
    ['put egg in trophy case', 'put', null, ['egg', 'trophy', 'case']],
    ['put lamp on table', 'put', null, ['lamp', 'table']],
    ['', '', null, []],
  ])('%j is %j, going %j, with %j', (command, verb, direction, nouns) => {
    expect(parseCommand(command)).toEqual({ verb, direction, nouns })
  })
})

describe('undoing', () => {
  it.each([
    ['north', 's', true],
    ['north', 'north', false],
    ['open small mailbox', 'close mailbox', true],
    ['close mailbox', 'open mailbox', true],
    ['take lamp', 'drop lamp', true],
    ['drop lamp', 'take lamp', true],
    ['take lamp', 'drop sword', false],
    ['put egg in case', 'take egg', true],
    ['take egg', 'put egg in case', false],
    ['turn on lamp', 'turn lamp off', true],
    ['open mailbox', 'take leaflet', false],
  ])('after %j, %j: %j', (last, next, expected) => {
    expect(undoes(parseCommand(last), parseCommand(next))).toBe(expected)
  })
})

describe('a step on a map', () => {
  it.each([
    ['north', [0, -1]],
    ['southeast', [1, 1]],
    ['west', [-1, 0]],
    ['up', null],
    [null, null],
  ])('%j leads %j', (direction, step) => {
    expect(compassStep(direction)).toEqual(step)
  })
})
