/** The ways that a player types to walk. */
export const DIRECTIONS = 'north south east west northeast northwest southeast southwest up down in out'.split(' ')

/**
 * Words of commands as players type them, the plainest first: an effect is named by the first of these that has it, and
 * a word that the dictionary cuts short is written out from here.
 */
const VERBS = `north south east west northeast northwest southeast southwest up down in out enter exit
   take drop open close unlock lock read examine put insert give show throw push pull turn move light switch
   extinguish wear remove eat drink climb attack kill cut break dig tie untie fill pour empty wave rub ring wind
   search say tell ask answer buy pay play knock touch jump swim sit stand lie sleep wake board disembark launch
   inflate deflate raise lower squeeze burn blow press set pick get look feed catch kiss listen smell taste dance
   pray wait shake swing pump spray oil clean wash brush cast learn gnusto point follow cross leave activate start
   stop operate use apply plug repair fix hit strike fight stab swallow step walk run go consult write type dial
   measure weigh count find diagnose yell shout sing whistle curse hello greet thank odysseus ulysses consume
   destroy damage smash murder injure dispatch pierce slice startle surprise awaken release liberate construct build
   lubricate transfer arrange vandalize describe observe inspect discard place hang hook attach fasten detach
   unfasten join connect disconnect screw unscrew twist rotate adjust scale crawl scratch polish wipe scrub sweep
   dust peel chop kick punch slap bite chew sip lift drag tug yank shove nudge slide roll spin tip stack mix stir
   cook heat freeze melt load unload shoot fire aim reload feel fondle hug embrace wake rouse disrobe undress dress
   don doff shed sniff inhale douse ignite incinerate exorcise banish brandish enchant incant disenchant hide
   harness mount dismount ride drive steer row sail dive float sink wade ford hop skip leap somersault`.split(/\s+/)

const PREPOSITIONS = (
  'with in on to from at under behind through over off out up down into onto inside about for of ' +
  'around across away against along between beside beneath below near toward using underneath without'
).split(' ')

const NUMBER = new Map([...VERBS, ...PREPOSITIONS].map((word, i) => [word, i]))

/** How soon a verb or a preposition comes to a player's mind; lower is sooner. */
export function wordRank(word: string): number {
  return NUMBER.get(word) ?? VERBS.length + PREPOSITIONS.length
}

const CUT = [6, 9]

/** The word behind a dictionary entry, which keeps six characters (version 3) or nine (Standard §13.3, §13.4). */
export function fullWord(word: string): string {
  if (NUMBER.has(word) || !CUT.includes(word.length)) return word
  return VERBS.find((verb) => verb.startsWith(word)) ?? PREPOSITIONS.find((other) => other.startsWith(word)) ?? word
}
