// The peer: ifvms as its authors run it, through glkote-term's Glk. One game per process, for that Glk is a singleton.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { Glk } = require('glkote-term')
const { ZVM } = require('ifvms')

/** What Glk asks to know of a display. */
const METRICS = {
  width: 80,
  height: 25,
  buffercharheight: 1,
  buffercharwidth: 1,
  buffermarginx: 0,
  buffermarginy: 0,
  graphicsmarginx: 0,
  graphicsmarginy: 0,
  gridcharheight: 1,
  gridcharwidth: 1,
  gridmarginx: 0,
  gridmarginy: 0,
  inspacingx: 0,
  inspacingy: 0,
  outspacingx: 0,
  outspacingy: 0,
}

/** A display that keeps what it is sent, and types. */
class Display {
  text = ''
  #game
  #generation = 0
  #input

  init(game) {
    this.#game = game
    game.accept({ type: 'init', gen: 0, metrics: METRICS, support: [] })
  }
  update({ gen, content, input }) {
    this.#generation = gen
    if (input) this.#input = input[0]
    for (const { text } of content ?? []) {
      for (const line of text ?? []) this.text += `${(line.content ?? []).filter((_, i) => i % 2).join('')}\n`
    }
  }
  type(value) {
    const { type, id } = this.#input ?? {}
    const typed = type === 'char' ? value.slice(0, 1) || 'return' : value
    this.#game.accept({ type, gen: this.#generation, window: id, value: typed })
  }
  get wants() {
    return this.#input?.type
  }
  log() {}
  warning() {}
  error(message) {
    throw new Error(message)
  }
}

export function openGlkote({ bytes, seed }) {
  const vm = new ZVM()
  const display = new Display()
  vm.prepare(Buffer.from(bytes), { Glk, GlkOte: display, vm })
  let state = seed
  // Frotz's random numbers, so that the walkthrough takes the same course.
  vm.random = (range) => {
    if (range <= 0) return 0
    state = (Math.imul(0x015a4e35, state) + 1) | 0
    return (((state >>> 16) & 0x7fff) % range) + 1
  }
  Glk.init({ vm, Glk, GlkOte: display, Dialog: {} })
  for (let i = 0; i < 20 && display.wants === 'char'; i++) display.type('')
  const first = vm.save_file(vm.pc, 1)
  return {
    step(command) {
      display.text = ''
      display.type(command)
      return display.text
    },
    // The prompt is the same, so Glk need not notice that the story behind it has gone back.
    restart() {
      vm.restore_file(first, 1)
      state = seed
    },
    save: () => vm.save_file(vm.pc, 1),
    load: (state) => vm.restore_file(state, 1),
  }
}
