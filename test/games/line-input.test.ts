import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newZvm, type Zvm } from '../../games/ifvms.ts'
import { LineInput } from '../../games/line-input.ts'
import { Machine } from '../../games/machine.ts'
import { packagedStory } from './shared-stories.ts'

const { tokenise, handle_line_input } = newZvm()

/** What a machine's dynamic memory holds after a line was put into it, twice: the second time its words are known. */
function memoryAfter(vm: Zvm, type: () => void): string[] {
  const memory = Buffer.from(vm.ram.buffer, vm.ram.byteOffset, vm.ram.byteLength)
  const before = Buffer.from(memory)
  return [1, 2].map(() => {
    memory.set(before)
    type()
    return memory.toString('latin1')
  })
}

const words = fc.array(
  fc.constantFrom(
    'open',
    'mailbox',
    'xyzzy',
    'LAMP',
    'leaflets',
    ',',
    '.',
    '"',
    ' ',
    'a,b',
    'é',
    '😀',
    '12',
    'antidisestablish',
  ),
)

describe.each(['minizork.z3', 'advent.z5'])('a line typed to %s', (name) => {
  const machine = new Machine(packagedStory(name), 0)
  while (machine.input === 'char') machine.key('')
  const { vm } = machine
  const ours = new LineInput(vm, new Uint8Array(vm.ram.buffer, vm.ram.byteOffset))
  const capacity = vm.read_data.buffer.length

  it('is put into its buffers, with its words, as ifvms puts it', () => {
    fc.assert(
      fc.property(words, fc.constantFrom('', ' '), (typed, between) => {
        const line = typed.join(between).slice(0, capacity)
        const theirs = memoryAfter(vm, () => {
          const buffer = Array.from({ length: line.length }, (_, i) => line.charCodeAt(i))
          const plain: Zvm = Object.assign(Object.create(vm), { tokenise, read_data: { ...vm.read_data, buffer } })
          handle_line_input.call(plain, line.length)
        })
        expect(memoryAfter(vm, () => ours.type(line))).toEqual(theirs)
      }),
      { numRuns: 60 },
    )
  })

  it('takes no more room in lower case: one letter that would, U+0130, is its first half', () => {
    const before = memoryAfter(vm, () => ours.type('i'.repeat(capacity)))
    expect(memoryAfter(vm, () => ours.type('\u0130'.repeat(capacity)))).toEqual(before)
    const transcript = vm.io.streams[2]
    vm.io.streams[2] = { mode: 1 }
    expect(memoryAfter(vm, () => ours.type('\u0130'.repeat(capacity)))).toEqual(before)
    vm.io.streams[2] = transcript
  })
})

it('no other code unit becomes more than one in lower case', () => {
  const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  expect(units.filter((unit) => unit.toLowerCase().length !== 1)).toEqual(['\u0130'])
})
