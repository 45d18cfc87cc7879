/** The ways that a player types to walk. */
export const DIRECTIONS = 'north south east west northeast northwest southeast southwest up down in out'.split(' ')

const SHORT = 'n s e w ne nw se sw u d in out'.split(' ')

/** The directions in the words that a story knows them by: Enchanter has no "northeast", only "ne". */
export function directionsOf(knows: (word: string) => boolean): readonly string[] {
  return DIRECTIONS.flatMap((word, i) => [word, SHORT[i] ?? word].find(knows) ?? [])
}

/** A direction's place among the directions, short or long; -1 for other words. */
export function directionNumber(word: string): number {
  return Math.max(DIRECTIONS.indexOf(word), SHORT.indexOf(word))
}

/**
 * Words of commands as players type them, the plainest first: an effect is named by the first of these that has it, and
 * a word that the dictionary cuts short is written out from here.
 */
const VERBS = `north south east west northeast northwest southeast southwest up down in out enter
   take drop open close unlock lock read examine exit put insert give show throw push pull turn move light switch
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

const PREPOSITION = new Set(PREPOSITIONS)

const NUMBER = new Map([...VERBS, ...PREPOSITIONS].map((word, i) => [word, i]))

/** How soon a verb or a preposition comes to a player's mind; lower is sooner. */
export function wordRank(word: string): number {
  return NUMBER.get(word) ?? VERBS.length + PREPOSITIONS.length
}

/** What players say with a preposition; other verbs with one are read as an odd way to say something else. */
const PHRASES = new Set(
  `turn on, turn off, turn to, turn with, switch on, switch off, put in, put on, put under, put behind, put through,
   give to, show to, throw at, throw to, throw in, throw into, throw over, throw off, take from,
   pick up, pick with, get in, get into, get out, get off, get on, get up, get down, climb up,
   climb down, climb in, climb into, climb out, climb over, climb through, climb on, go in, go through, go to,
   go around, walk to, walk around, stand on, sit on, sit in, lie on, lie in, sleep in, sleep on, jump over, jump off,
   jump in, jump on, look in, look under, look behind, look through, open with, unlock with, lock with, attack with,
   kill with, fight with, hit with, strike with, cut with, break with, dig with, dig in, tie to, untie from, fill with,
   fill from, fill in, pour in, pour into, pour on, pour from, light with, burn with, ask about, ask for, tell about,
   tell to, say to, talk to, speak to, push to, push with, pull with, move with, touch with, point at, point to,
   wave at, wave over, knock on, wear on, remove from, insert in, insert into, set to, dial to, type on, write on,
   write in, write with, read about, read in, consult about, cast at, cast on, blow out, blow up, blow in, swing at,
   rub with, clean with, spray on, spray with, oil with, melt with, plug with, repair with, fix with, tie up, untie with,
   buy from, pay for, feed to, empty in, empty into, empty on, drink from, eat from, listen to, hang on, hang from,
   hide in, hide under, hide behind, search for, wait for, play with, pump up, wake up, inflate with, ring with,
   follow to, attach to, connect to, load with, shoot with, shoot at, raise with, screw with, weigh on, yell at`
    .split(',')
    .map((phrase) => phrase.trim()),
)

const ODD = 1000

/** The same for a command or a form of one: a verb with a preposition that it does not take comes after all others. */
export function phraseRank(words: readonly string[]): number {
  const [verb = '', ...rest] = words
  const preposition = rest.find((word) => PREPOSITION.has(word))
  const odd = preposition !== undefined && !PHRASES.has(`${verb} ${preposition}`)
  return wordRank(verb) + (odd ? ODD : 0)
}

const CUT = [6, 9]

/** The word behind a dictionary entry, which keeps six characters (version 3) or nine (Standard §13.3, §13.4). */
export function fullWord(word: string): string {
  if (NUMBER.has(word) || !CUT.includes(word.length)) return word
  return VERBS.find((verb) => verb.startsWith(word)) ?? PREPOSITIONS.find((other) => other.startsWith(word)) ?? word
}
