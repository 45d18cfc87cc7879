// The peer: ifvms as its authors run it, through glkote-term's Glk.
import { createRequire } from 'node:module'
import { FrotzRandom } from '../../../dist/games/frotz-random.js'

const require = createRequire(import.meta.url)

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
      for (const line of text ?? []) this.text += `${line.append ? '' : '\n'}${printed(line.content ?? [])}`
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

/** Styles and texts alternate; what was typed is shown in a style of its own. */
function printed(content) {
  return content.filter((_, i) => i % 2 && content[i - 1] !== 'input').join('')
}

/** ifvms 1.1.6 leaves an object that is taken out its sibling; daemons that go through siblings then run for others. */
function mendSiblings(vm) {
  const remove = vm.remove_obj
  vm.remove_obj = (object) => {
    remove.call(vm, object)
    if (object === 0) return
    if (vm.version3) vm.ram.setUint8(vm.objects + 9 * object + 5, 0)
    else vm.ram.setUint16(vm.objects + 14 * object + 8, 0)
  }
}

/** One game at a time: that Glk is a singleton, loaded anew for each. */
export function openGlkote({ bytes, seed }) {
  for (const path of Object.keys(require.cache)) delete require.cache[path]
  const { Glk } = require('glkote-term')
  const { ZVM } = require('ifvms')
  const vm = new ZVM()
  const display = new Display()
  mendSiblings(vm)
  vm.prepare(Buffer.from(bytes), { Glk, GlkOte: display, vm })
  // Frotz's random numbers, so that the walkthrough takes the same course.
  let random = new FrotzRandom(seed)
  vm.random = (range) => random.random(range)
  Glk.init({ vm, Glk, GlkOte: display, Dialog: {} })
  for (let i = 0; i < 20 && display.wants === 'char'; i++) display.type('')
  const first = vm.save_file(vm.pc, 1)
  return {
    /** What the last step, or the opening, has printed. */
    get text() {
      return display.text
    },
    step(command) {
      display.text = ''
      display.type(command)
      return display.text
    },
    // The prompt is the same, so Glk need not notice that the story behind it has gone back.
    restart() {
      vm.restore_file(first, 1)
      random = new FrotzRandom(seed)
    },
    save: () => vm.save_file(vm.pc, 1),
    load: (state) => vm.restore_file(state, 1),
  }
}
