import { beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '../../games/environment.ts'
import { reportStory } from '../../games/story-report.ts'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory, loop, opcode, RESULT, say } from './assembled-story.ts'
import { compile, describeCompiled } from './compiled-story.ts'

/** Asks for a key before anything else; in its hall, what touching things leads to hangs on keys. */
const KEYS = `Constant MAX_SCORE 30;
Include "Parser"; Include "VerbLib";
Global pressed;
[ Key; @read_char 1 -> pressed; return pressed; ];
Object Hall "Hall" with description "A hall.", n_to Pit, has light;
Object Pit "Pit" with description "A pit.", s_to Hall, has light;
Object wizard "wizard" Hall with name 'wizard', before [ k;
  Touch: print "Press 1 for gold, 2 for death.^";
    do { k = Key(); } until (k == '1' or '2');
    if (k == '2') { deadflag = 1; "You are turned to stone."; }
    score = score + 5; "Gold!"; ], has static;
Object scroll "scroll" Hall with name 'scroll', before [; Touch: print "A long text. [Press any key]"; Key(); "It ends."; ],
  has static;
Object menu "board" Hall with name 'board', before [ k;
  Touch: do { print "Chapters 1 to 3, or Q to leave.^"; k = Key(); } until (k == 'q' or 'Q'); "You turn away."; ],
  has static;
Object fountain "fountain" Hall with name 'fountain', before [;
  Touch: print "[Press any key]"; Key(); score = score + 1; "You feel refreshed."; ], has static;
[ Initialise; location = Hall; print "Do you want colours? (Y/N)";
  do { Key(); } until (pressed == 'y' or 'Y' or 'n' or 'N'); "^Welcome."; ];
Include "Grammar";`

/** A story that is played by keys: only one of them asks for a line. */
const BY_KEYS = `Array buf -> 80; Array par -> 60;
Object Room "Room";
Object you "yourself" Room;
Object blade "sword";
[ Main w;
  for (::) {
    print "^A) take the sword F) fight T) type^";
    @read_char 1 -> w;
    switch (w) {
      'a', 'A': move blade to you; print "Taken.^";
      'f', 'F': if (blade in you) { print "*** You have won ***^"; @quit; } print "With what?^";
      'q', 'Q': @quit;
      't', 'T': print ">"; buf->0 = 60; buf->1 = 0; par->0 = 8; @aread buf par -> w; print "Hm.^";
      default: print "Eh?^";
    }
  }
];`

const listed = (environment: Environment) => environment.validActions().actions.map(({ command }) => command)

describe('a key prompt', () => {
  it('is waited at where any key goes on, wherever the story keeps the key', () => {
    const environment = openEnvironment(assembleStory({ turn: [...opcode.readChar(), ...opcode.newLine()] }))
    environment.step('go')
    expect(listed(environment)).toEqual(['wait'])
    expect(environment.step('wait').observation.input).toBe('line')
  })

  it.each([
    ['wait', 13],
    ['enter', 13],
    ['Space', 32],
    ['y', 121],
  ])('takes %s as key %i', (command, code) => {
    const environment = openEnvironment(assembleStory({ opening: loop([...opcode.readChar(), ...say(RESULT)]) }))
    expect(environment.step(command).observation.text).toBe(`${code}`)
  })
})

describeCompiled('key prompts', () => {
  describe('before and between the lines of a story', () => {
    let story: Uint8Array
    let environment: ZMachineEnvironment
    beforeAll(() => {
      story = compile(5, KEYS)
      environment = openEnvironment(story)
    }, 60_000)
    const having = (...commands: readonly string[]) => {
      environment.reset()
      for (const command of commands) environment.step(command)
      return environment
    }

    it('are passed with other keys at the start where Enter is not taken', () => {
      expect(reportStory(story)).toMatchObject({
        openingAnswers: [],
        player: { sure: 'certain' },
        location: { value: 'Hall' },
        maxScore: { value: 30 },
      })
      const { text, input } = having().reset().observation
      expect(text).toMatch(/colours\?.*\n*Welcome\./)
      expect(input).toBe('line')
    })

    it('make an action of the command that leads there where a key has an effect, and of none where they have none', () => {
      const actions = having()
        .validActions()
        .actions.filter(({ command }) => /touch|rub/.test(command))
      expect(actions.map(({ command, effect }) => [command, effect.reward])).toEqual([
        ['touch fountain', 1],
        ['touch wizard', 0],
      ])
    })

    it('offer the keys that come to something, as commands', () => {
      const { actions } = having('touch wizard').validActions()
      expect(actions.map(({ command, effect }) => [command, effect.reward, effect.terminated])).toEqual([
        ['1', 5, false],
        ['2', 0, true],
        ['wait', 0, false],
      ])
      expect(having('touch wizard', 'x').step('1').observation.score).toBe(5)
    })

    it('go on being understood after a key that is not taken', () => {
      expect(listed(having('touch wizard', 'wait'))).toEqual(['1', '2', 'wait'])
      expect(listed(having('touch board', 'wait'))).toContain('q')
    })
  })

  it('are all that a story is played by', () => {
    const environment = openEnvironment(compile(5, BY_KEYS))
    expect(environment.reset().observation).toMatchObject({ text: 'A) take the sword F) fight T) type', input: 'char' })
    // To quit is not offered.
    expect(listed(environment)).toEqual(['a', 'f', 't', 'wait'])
    environment.step('wait')
    environment.step('a')
    expect(environment.validActions().actions.find(({ command }) => command === 'f')?.effect.terminated).toBe(true)
    expect(environment.step('f')).toMatchObject({ terminated: true, victory: true })
  })
})
