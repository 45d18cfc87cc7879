import { beforeAll, describe, expect, it } from 'vitest'
import { Dictionary } from '../../games/dictionary.ts'
import type { Grammar, Token } from '../../games/grammar.ts'
import { Machine } from '../../games/machine.ts'
import { ObjectTable } from '../../games/object-table.ts'
import { readGrammar } from '../../games/read-grammar.ts'
import { type Template, templatesOf } from '../../games/templates.ts'
import { Vocabulary } from '../../games/vocabulary.ts'
import { assembleStory } from './assembled-story.ts'
import { describeWith, packagedStory, storyBytes } from './shared-stories.ts'

function read(story: Uint8Array) {
  const { vm } = new Machine(story, 0)
  const dictionary = new Dictionary(vm)
  const grammar = readGrammar(vm, dictionary)
  const objects = new ObjectTable(vm)
  return { dictionary, grammar, objects, vocabulary: new Vocabulary(vm, objects, dictionary, grammar) }
}

type Tables = ReturnType<typeof read>

function verb(grammar: Grammar, word: string) {
  const found = grammar.verbs.find(({ words }) => words.includes(word))
  if (!found) throw new Error(`The story has no verb ${word}.`)
  return found
}

/** The verb's forms as one would write them down, each with its action. */
function forms(grammar: Grammar, word: string) {
  return verb(grammar, word).lines.map(({ action, tokens }) => ({ action, form: tokens.map(written).join(' ') }))
}

function written(token: Token): string {
  if (token.type === 'word') return token.text
  return token.slot.type === 'noun' && token.slot.held ? 'HELD' : token.slot.type.toUpperCase()
}

function writtenTemplate({ parts }: Template): string {
  return parts.map((part) => (typeof part === 'string' ? part : written({ type: 'slot', slot: part }))).join(' ')
}

function templatesIn({ grammar, dictionary }: Pick<Tables, 'grammar' | 'dictionary'>): readonly string[] {
  return templatesOf(grammar, dictionary).map(writtenTemplate)
}

/** Forms of one action, without their order. */
function formsOfAction(grammar: Grammar, word: string, form: string): string[] {
  const all = forms(grammar, word)
  const action = all.find((one) => one.form === form)?.action
  return all.flatMap((one) => (one.action === action ? one.form : [])).sort()
}

function wordsOf({ objects, vocabulary }: Tables, name: string) {
  const id = Array.from({ length: objects.count }, (_, i) => i + 1).find((object) => objects.name(object) === name)
  return vocabulary.of(id ?? 0)
}

describeWith(['zork1'], "zork1, in Infocom's own tables", () => {
  let tables: Tables
  beforeAll(() => {
    tables = read(storyBytes('zork1'))
  })

  it('has a dictionary of words cut to six letters', () => {
    expect(tables.dictionary.wordLength).toBe(6)
    expect(tables.dictionary.find('mailbox')?.text).toBe('mailbo')
    expect(tables.dictionary.find('zzyzx')).toBeUndefined()
    // A digit takes two of six Z-characters, a letter with an accent four.
    expect(['mailbox', 'ab12', 'ab123', 'zoë', 'zoés'].map((word) => tables.dictionary.cut(word))).toEqual([
      'mailbo',
      'ab12',
      'ab12',
      'zoë',
      'zoé',
    ])
  })

  it('has verbs with all their words', () => {
    expect(tables.grammar.source).toBe('infocom')
    expect(verb(tables.grammar, 'put').words.toSorted()).toEqual(['hide', 'insert', 'place', 'put', 'stuff'])
  })

  it('reads what follows a verb, prepositions before and between the nouns', () => {
    expect(forms(tables.grammar, 'put').map(({ form }) => form)).toEqual(
      expect.arrayContaining(['HELD in NOUN', 'HELD on NOUN', 'HELD under NOUN', 'on NOUN', 'down NOUN']),
    )
    expect(forms(tables.grammar, 'unlock').map(({ form }) => form)).toEqual(['NOUN with NOUN'])
    expect(forms(tables.grammar, 'pray').map(({ form }) => form)).toEqual([''])
  })

  it('knows which verbs speak to the interpreter', () => {
    const metaOf = (word: string) => verb(tables.grammar, word).meta
    expect(['save', 'restor', 'quit', 'verbos', 'score'].map(metaOf)).toEqual([true, true, true, true, true])
    expect(['take', 'put', 'pray', 'wait'].map(metaOf)).toEqual([false, false, false, false])
  })

  it('knows the nouns and adjectives of things', () => {
    const emerald = wordsOf(tables, 'large emerald')
    expect([...emerald.nouns].sort()).toEqual(['emeral', 'treasu'])
    expect(emerald.adjectives).toEqual(['large'])
    expect(wordsOf(tables, 'kitchen window').nouns).toContain('window')
    expect(wordsOf(tables, 'kitchen window').adjectives).toContain('kitche')
  })

  it('gives no words to what the player cannot speak of', () => {
    expect(wordsOf(tables, 'Coal Mine')).toEqual({ nouns: [], adjectives: [] })
  })

  it('makes templates in whole words, without those that speak to the interpreter', () => {
    const templates = templatesIn(tables)
    expect(templates).toEqual(
      expect.arrayContaining(['take NOUN', 'examine NOUN', 'unlock NOUN with HELD', 'give HELD to NOUN', 'pray']),
    )
    expect(templates.filter((form) => /^(save|restore|quit|score|verbose|inventory|again)\b/.test(form))).toEqual([])
    expect(templates).toContain('look under NOUN')
  })

  it('makes one template of the words for one action', () => {
    const templates = templatesIn(tables)
    // "eat", "taste", "bite" and "consume" are one verb, "attack", "fight", "hit" and "kill" another.
    expect(templates.filter((form) => /^(eat|taste|bite|consume)\b/.test(form))).toEqual(['eat NOUN'])
    expect(templates.filter((form) => /^(attack|fight|hurt|injure|hit)\b/.test(form))).toEqual([
      'attack NOUN with HELD',
    ])
  })
})

// Fails: two actions with the same words ("climb" with and without an object found for it) give two templates.
describeWith(['zork1'], 'the templates of zork1', () => {
  it('are each made once', () => {
    const templates = templatesIn(read(storyBytes('zork1')))
    expect(templates).toEqual([...new Set(templates)])
  })
})

/** Forms that the Inform library has had in both versions of its grammar tables (its file Grammar.h). */
function expectInformLibrary(tables: () => Tables, held: string) {
  it('knows Insert, PutOn, Wear and Drop apart under "put"', () => {
    const { grammar } = tables()
    expect(forms(grammar, 'put').map(({ form }) => form)).toEqual(
      expect.arrayContaining(['HELD in NOUN', 'HELD on NOUN', 'on HELD', 'down HELD', 'HELD down']),
    )
    expect(formsOfAction(grammar, 'put', 'down HELD')).toEqual(['HELD down', 'down HELD'])
    expect(formsOfAction(grammar, 'put', 'HELD on NOUN')).not.toContain('HELD in NOUN')
  })

  it('reads held things, free words and plain verbs', () => {
    const { grammar } = tables()
    expect(grammar.source).toBe('inform')
    expect(forms(grammar, 'unlock').map(({ form }) => form)).toEqual(['NOUN with HELD'])
    expect(forms(grammar, 'ask').map(({ form }) => form)).toContain('NOUN about TOPIC')
    expect(forms(grammar, 'eat').map(({ form }) => form)).toEqual([held])
    expect(forms(grammar, 'jump').map(({ form }) => form)).toContain('')
  })

  it('knows which verbs speak to the interpreter', () => {
    const { grammar } = tables()
    for (const word of ['save', 'restore', 'quit', 'score']) expect(verb(grammar, word).meta).toBe(true)
    for (const word of ['take', 'put', 'look', 'wait']) expect(verb(grammar, word).meta).toBe(false)
  })

  it('makes at most one template for an action and its kinds of slots', () => {
    const { grammar, dictionary } = tables()
    const kinds = new Set(
      grammar.verbs
        .filter(({ meta }) => !meta)
        .flatMap(({ lines }) =>
          lines.map(({ action, tokens }) => {
            const slots = tokens.filter(({ type }) => type === 'slot')
            return `${action} ${slots.map(written)}`
          }),
        ),
    )
    expect(templatesIn({ grammar, dictionary }).length).toBeLessThanOrEqual(kinds.size)
    expect(templatesIn({ grammar, dictionary })).toContain('put on HELD')
  })
}

describeWith(['ztuu'], "ztuu, in Inform's first grammar tables", () => {
  let tables: Tables
  beforeAll(() => {
    tables = read(storyBytes('ztuu'))
  })
  expectInformLibrary(() => tables, 'NOUN')

  it('names every preposition that stands for an action', () => {
    expect(formsOfAction(tables.grammar, 'put', 'HELD in NOUN')).toEqual([
      'HELD in NOUN',
      'HELD inside NOUN',
      'HELD into NOUN',
    ])
  })

  it('has words of nine letters, and knows things by them', () => {
    expect(tables.dictionary.wordLength).toBe(9)
    expect(wordsOf(tables, 'body suit').nouns).toEqual([])
    expect(wordsOf(tables, 'semi-transparent body suit').nouns).toEqual(expect.arrayContaining(['body', 'suit']))
  })
})

describeWith(['acorncourt'], "acorncourt, in Inform's second grammar tables", () => {
  let tables: Tables
  beforeAll(() => {
    tables = read(storyBytes('acorncourt'))
  })
  expectInformLibrary(() => tables, 'HELD')

  it('takes the first of several prepositions', () => {
    expect(formsOfAction(tables.grammar, 'put', 'HELD in NOUN')).toEqual(['HELD in NOUN'])
  })

  it("reads the author's own verbs, and knows things by their words", () => {
    expect(forms(tables.grammar, 'point').map(({ form }) => form)).toEqual(
      expect.arrayContaining(['NOUN', 'NOUN at NOUN', 'NOUN east', 'NOUN west']),
    )
    expect(wordsOf(tables, 'tennis ball launching machine').nouns).toContain('launcher')
  })
})

describe('minizork', () => {
  it('is read as the Infocom story it is', () => {
    const { grammar, dictionary } = read(packagedStory('minizork.z3'))
    expect(grammar.source).toBe('infocom')
    expect(templatesIn({ grammar, dictionary })).toContain('open NOUN with HELD')
  })
})

describe("advent.z3, whose tables ZILF put elsewhere than Infocom's compiler did", () => {
  it('is read by the same rules', () => {
    const { grammar } = read(packagedStory('advent.z3'))
    expect(grammar.source).toBe('infocom')
    expect(forms(grammar, 'unlock').map(({ form }) => form)).toEqual(['NOUN with HELD'])
    expect(forms(grammar, 'open').map(({ form }) => form)).toEqual(['NOUN with HELD', 'NOUN'])
    expect(forms(grammar, 'xyzzy').map(({ form }) => form)).toEqual([''])
  })
})

describe('curses.z3, made by an Inform that flags no commands to the interpreter', () => {
  it('has them told by their words', () => {
    const { grammar } = read(packagedStory('curses.z3'))
    const meta = grammar.verbs.flatMap(({ words, meta }) => (meta ? words : []))
    expect(meta).toEqual(expect.arrayContaining(['long', 'qq', 'script', 'short', 'verbos']))
    expect(meta).not.toContain('look')
    expect(meta).not.toContain('take')
  })
})

describe('a story without verb tables', () => {
  it('falls back to the common verbs that its dictionary has', () => {
    const { grammar } = read(assembleStory({}))
    expect(grammar.source).toBe('common verbs')
    expect(grammar.verbs).toEqual([])
  })
})

describe('verb tables that lead out of the story', () => {
  const story = packagedStory('minizork.z3')
  const end = story.length
  const { staticmem } = new Machine(story, 0).vm

  it.each([
    ['one verb', staticmem],
    ['all of them', 0x0e],
  ])('count for none, be it %s', (_, pointer) => {
    const damaged = Uint8Array.from(story)
    // At the last byte, which says that it goes on.
    new DataView(damaged.buffer).setUint16(pointer, end - 1)
    damaged[end - 1] = 0xff
    expect(read(damaged).grammar.source).toBe('common verbs')
  })
})
