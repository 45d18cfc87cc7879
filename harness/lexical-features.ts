import { type CommandWords, oppositeDirection, parseCommand, undoes } from './command-words.ts'

/** The moment in which a command is judged, in the words of the story. */
export interface LexicalContext {
  /** Words of the latest text, lower case. */
  readonly latest: ReadonlySet<string>
  /** Words of the texts before it. */
  readonly earlier: Pick<ReadonlySet<string>, 'has'>
  /** Phrases that the latest text puts in quotation marks or capitals, lower case. */
  readonly quoted: readonly string[]
  readonly dark: boolean
  readonly lastCommand: CommandWords | null
  /** How often each command was given in this room in this episode. */
  readonly triedHere: ReadonlyMap<string, number>
  /** Directions taken from this room in this episode. */
  readonly waysTaken: ReadonlySet<string>
}

export interface LexicalFeature {
  readonly name: string
  /** Added to the logit per unit of the feature. */
  readonly weight: number
  readonly reason: string
  value(command: string, words: CommandWords, context: LexicalContext): number
}

/** The logit of a verb by itself. What is not listed has `otherVerb`. */
export const verbWeights: readonly {
  readonly weight: number
  readonly verbs: readonly string[]
  readonly reason: string
}[] = [
  { weight: 0.8, verbs: ['open', 'unlock'], reason: 'what is closed hides something' },
  { weight: 0.8, verbs: ['take'], reason: 'things that can be carried are there to be used' },
  { weight: 0.6, verbs: ['enter', 'climb', 'cross'], reason: 'new places' },
  { weight: 0.6, verbs: ['attack with'], reason: 'who bars the way is fought, and not with bare hands' },
  { weight: 0.5, verbs: ['light', 'turn on'], reason: 'many places need light' },
  {
    weight: 0.4,
    verbs: ['read', 'move', 'push', 'pull', 'press', 'turn', 'lift', 'raise', 'dig', 'search'],
    reason: 'mechanisms and hints',
  },
  {
    weight: 0.3,
    verbs: ['put', 'give', 'show', 'wear', 'answer', 'ask', 'tell', 'tie', 'fill', 'pour'],
    reason: 'puzzles end in these',
  },
  {
    weight: 0.0,
    verbs: ['examine', 'attack', 'eat', 'drink', 'rub', 'ring', 'wave'],
    reason: 'sometimes right, sometimes harmful',
  },
  {
    weight: -0.5,
    verbs: ['remove', 'lower', 'jump', 'sing', 'pray', 'shout', 'yell', 'kiss', 'dance', 'swim', 'sit', 'stand', 'lie'],
    reason: 'rarely a step on',
  },
  {
    weight: -0.7,
    verbs: ['close', 'lock', 'throw', 'cut', 'burn', 'break', 'smash', 'squeeze'],
    reason: 'loses what may be needed',
  },
  {
    weight: -0.9,
    verbs: ['drop', 'extinguish', 'turn off', 'wait', 'sleep', 'empty'],
    reason: 'undoes progress or passes time',
  },
]

const directionWeight = 0.8
const otherVerb = -0.1

const lighting = new Set(['light', 'turn on'])

/** Common sense about text adventures in general; nothing here knows any title. */
export const lexicalFeatures: readonly LexicalFeature[] = [
  {
    name: 'verb',
    weight: 1,
    reason: 'see verbWeights',
    value: (command, words) => (words.direction === null ? weightOf(command, words) : directionWeight),
  },
  {
    name: 'untried way',
    weight: 0.6,
    reason: 'unseen rooms hold most of the points',
    value: (_command, { direction }, context) => flag(direction !== null && !context.waysTaken.has(direction)),
  },
  {
    name: 'way mentioned',
    weight: 0.3,
    reason: 'the text says that one can go there',
    value: (_command, { direction }, context) => flag(direction !== null && context.latest.has(direction)),
  },
  {
    name: 'going back',
    weight: -0.5,
    reason: 'a walk to and fro gets nowhere',
    value: (_command, words, context) => flag(!context.dark && words.direction !== null && undoesLast(words, context)),
  },
  {
    name: 'undoing',
    weight: -2,
    reason: 'closing what was just opened, dropping what was just taken',
    value: (_command, words, context) => flag(words.direction === null && undoesLast(words, context)),
  },
  {
    name: 'repeat',
    weight: -0.8,
    reason: 'what was done here was done; counted up to four times',
    value: (command, { direction }, context) =>
      direction === null ? Math.min(4, context.triedHere.get(command) ?? 0) : 0,
  },
  {
    name: 'way repeated',
    weight: -0.3,
    reason: 'rooms are passed more than once, but not forever; counted up to five times',
    value: (command, { direction }, context) =>
      direction === null ? 0 : Math.min(5, context.triedHere.get(command) ?? 0),
  },
  {
    name: 'thing mentioned',
    weight: 0.25,
    reason: 'the text is about it',
    value: (_command, { nouns }, context) => flag(nouns.some((noun) => context.latest.has(noun))),
  },
  {
    name: 'thing new',
    weight: 0.5,
    reason: 'it was not spoken of before',
    value: (_command, { nouns }, context) =>
      flag(nouns.some((noun) => context.latest.has(noun) && !context.earlier.has(noun))),
  },
  {
    name: 'suggested',
    weight: 1,
    reason: 'the text prints the command in quotation marks or capitals',
    value: (command, words, context) =>
      flag(
        context.quoted.some(
          (phrase) => phrase === command || (words.nouns.length > 0 && contains(phrase, [words.verb, ...words.nouns])),
        ),
      ),
  },
  {
    name: 'light in the dark',
    weight: 1.5,
    reason: 'darkness hides things and kills',
    value: (_command, { verb }, context) => flag(context.dark && lighting.has(verb)),
  },
  {
    name: 'on through the dark',
    weight: -0.8,
    reason: 'the way back is known to be safe, the way on is not',
    value: (_command, words, context) => flag(context.dark && words.direction !== null && !leadsBack(words, context)),
  },
]

const weightOfVerb: ReadonlyMap<string, number> = new Map(
  verbWeights.flatMap(({ weight, verbs }) => verbs.map((verb) => [verb, weight] as const)),
)

function undoesLast(words: CommandWords, context: LexicalContext): boolean {
  return context.lastCommand !== null && undoes(context.lastCommand, words)
}

function leadsBack(words: CommandWords, context: LexicalContext): boolean {
  const last = context.lastCommand?.direction
  return last !== null && last !== undefined && words.direction === oppositeDirection(last)
}

function contains(phrase: string, parts: readonly string[]): boolean {
  const words = phrase.split(' ')
  return parts.every((part) => part.split(' ').every((word) => words.includes(word)))
}

function flag(condition: boolean): number {
  return condition ? 1 : 0
}

/** How likely a command is by its verb alone, against a way: what is left of the prior where nobody stands and reads. */
export function worthOfVerb(command: string): number {
  const words = parseCommand(command)
  return words.direction === null ? Math.exp(weightOf(command, words) - directionWeight) : 1
}

function weightOf(command: string, { verb }: CommandWords): number {
  const armed = command.includes(' with ') ? weightOfVerb.get(`${verb} with`) : undefined
  return armed ?? weightOfVerb.get(verb) ?? otherVerb
}
