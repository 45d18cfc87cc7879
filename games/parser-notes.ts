import { fill, stock } from './form-filling.ts'
import { globalAddresses, readGlobals } from './globals.ts'
import type { ObjectTable } from './object-table.ts'
import type { Probe } from './probe.ts'
import { type Nouns, phrases, wordsOf } from './reach.ts'
import type { Template } from './templates.ts'

/** A story in which things were put where they never are may loop. */
const MOVED_FUEL = 100_000
const MOST_LISTENERS = 6
/** Of all that have words, those who may be people. */
const MOST_PEOPLE = 32
/** A global that held the numbers of so many actions, each while that was done, is a note of what is done. */
const MANY_ACTIONS = 2
const EXAMINE = ['examine', 'look at']

/**
 * Addresses of the bytes of globals in which the parser notes what a command was about: they name the thing that was
 * looked at (Inform's `itobj`, `himobj`, `herobj`), hold the dictionary's address of a word that was typed (its topic), or
 * the number of what is done to a person (its `reason_code`). So that "her" is found where no woman is near, every thing
 * is put before the player once.
 */
export function findParserNotes(
  probe: Probe,
  nouns: Nouns,
  templates: readonly Template[],
  player: number,
): readonly number[] {
  const { machine } = probe
  const { objects, dictionary } = nouns
  const { vm } = machine
  const addresses = globalAddresses(vm)
  const notes = new Set<number>()
  const actions = new Map<number, Set<number>>()
  const room = objects.parent(player)
  const before = readGlobals(vm)
  const tell = (object: number, command: string) => {
    if (!bring(probe, objects, object, room) || probe.next(command) === null) return
    const typed = new Set(wordsOf(command).map((word) => dictionary.find(word)?.address))
    readGlobals(vm).forEach((value, i) => {
      if (value === before[i] || (value !== object && !typed.has(value))) return
      const address = addresses[i] ?? 0
      notes.add(address).add(address + 1)
    })
  }
  const act = (object: number, phrase: string, template: Template) => {
    if (!bring(probe, objects, object, room) || probe.next(fill(template, [phrase])) === null) return
    readGlobals(vm).forEach((value, i) => {
      if (value === before[i] || value !== template.action) return
      const known = actions.get(i) ?? new Set()
      actions.set(i, known.add(value))
    })
  }
  const answer = ({ object, phrase }: Named) => {
    const text = bring(probe, objects, object, room) ? (probe.next(`${phrase}, wait`)?.text ?? '') : ''
    return stock(text, wordsOf(`${phrase} ${objects.name(object)}`))
  }
  withThingsMoved(probe, () => {
    const verb = EXAMINE.find((words) => wordsOf(words).every((word) => dictionary.find(word))) ?? 'examine'
    const named = namedThings(nouns, player)
    for (const { object, phrase } of named) tell(object, `${verb} ${phrase}`)
    const listeners = named.filter(({ object }) => objects.parent(object) === room).slice(0, MOST_LISTENERS)
    for (const template of templates.filter(({ slots }) => slots.some(({ type }) => type === 'topic'))) {
      listeners.forEach(({ object, phrase }, i) => {
        const topic = named[(i + 1) % named.length]?.phrase ?? ''
        const words = template.parts.map((part) =>
          typeof part === 'string' ? part : part.type === 'topic' ? topic : phrase,
        )
        tell(object, words.join(' '))
      })
    }
    for (const { object, phrase } of rarestFirst(named, answer).slice(0, MOST_PEOPLE)) {
      for (const template of templates) if (template.slots.length === 1) act(object, phrase, template)
    }
  })
  for (const [i, { size }] of actions) {
    const address = addresses[i] ?? 0
    if (size >= MANY_ACTIONS) notes.add(address).add(address + 1)
  }
  return [...notes]
}

/** Those first whose answer few others give: things do not hear, people do. */
function rarestFirst(named: readonly Named[], answer: (one: Named) => string): readonly Named[] {
  const answers = named.map((one) => ({ one, text: answer(one) }))
  const counts = new Map<string, number>()
  for (const { text } of answers) counts.set(text, (counts.get(text) ?? 0) + 1)
  const count = ({ text }: { readonly text: string }) => counts.get(text) ?? 0
  return answers.toSorted((a, b) => count(a) - count(b)).map(({ one }) => one)
}

interface Named {
  readonly object: number
  readonly phrase: string
}

/** Everything that has words, but for the player and what the player is in. */
export function namedThings(nouns: Nouns, player: number): readonly Named[] {
  const { objects } = nouns
  const holders = new Set<number>()
  for (let holder = player; holder !== 0 && !holders.has(holder); holder = objects.parent(holder)) holders.add(holder)
  return Array.from({ length: objects.count }, (_, i) => i + 1).flatMap((object) => {
    const [phrase] = holders.has(object) ? [] : phrases(nouns, object)
    return phrase === undefined ? [] : { object, phrase }
  })
}

/** Puts the machine back to the start, and the object into the holder. False where a damaged tree does not let it go. */
export function bring(probe: Probe, objects: ObjectTable, object: number, holder: number): boolean {
  probe.back()
  try {
    if (objects.parent(object) !== holder) probe.machine.vm.insert_obj(object, holder)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Lends the machine to what puts things elsewhere before it plays a command. */
export function withThingsMoved<T>(probe: Probe, act: () => T): T {
  const { machine } = probe
  const { fuel } = machine
  machine.fuel = MOVED_FUEL
  try {
    return act()
  } finally {
    machine.fuel = fuel
    probe.back()
  }
}
