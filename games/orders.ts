import { isOrder, stock, takesNumber, type Words } from './form-filling.ts'
import { type Nouns, type Thing, wordsOf } from './reach.ts'
import type { Template } from './templates.ts'

const NOUN = { type: 'noun', held: false } as const
const GIVE_ME: Template = { parts: ['give', NOUN, 'to', 'me'], slots: [NOUN] }
/** Things, Inform's people who were not made to listen, and words that the parser did not take for a name. */
const DEAF = /\bbetter things to do\b|\bcan(?:'t|not) talk to\b|"wait"/

/** What finding out who listens takes: the answers to commands, of which `tell` counts as a candidate. */
export interface Asking {
  readonly nouns: Nouns
  readonly templates: readonly Template[]
  readonly tell: (command: string) => string
  readonly say: (command: string) => string
}

/**
 * Forms of what those may be told to do who listen: they answer an order as nothing else does. Those who answer another
 * order otherwise are told everything, the others what people are mostly told.
 */
export function ordersToPeople(words: Words, { nouns, templates, tell, say }: Asking): readonly Template[] {
  const [direction = ''] = words.directions
  const plain = ({ phrase, object }: Thing, text: string) =>
    stock(text, wordsOf(`${phrase} ${nouns.objects.name(object)}`))
  const told = ({ phrase }: Thing, order: string) => tell(`${phrase}, ${order}`)
  const answers = words.things.map((thing) => {
    const text = told(thing, 'wait')
    return DEAF.test(text) ? undefined : plain(thing, text)
  })
  const isOnly = (answer: string | undefined) => answers.filter((other) => other === answer).length === 1
  // "note, wait" and "floor, wait" are two commands where these words are a verb and a way down.
  const isCommand = (thing: Thing, answer: string) => answer.startsWith(plain(thing, say(thing.phrase)))
  return words.things.flatMap((thing, i) => {
    const answer = answers[i]
    if (answer === undefined || !isOnly(answer) || isCommand(thing, answer)) return []
    const obeys = plain(thing, told(thing, direction)) !== answer
    const orders = [
      ...words.directions.map((direction): Template => ({ parts: [direction], slots: [] })),
      ...templates.filter((template) =>
        obeys ? template.slots.length < 2 || takesNumber(template) : isOrder(template),
      ),
      GIVE_ME,
    ]
    return orders.map((order) => ({ ...order, parts: [`${thing.phrase},`, ...order.parts] }))
  })
}
