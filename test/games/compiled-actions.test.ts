import { expect, it } from 'vitest'
import { openEnvironment, type ZMachineEnvironment } from '../../games/z-machine-environment.ts'
import { compile, describeCompiled } from './compiled-story.ts'

const commandsOf = (environment: ZMachineEnvironment) =>
  environment.validActions().actions.map(({ command }) => command)

/** What is done to the cat is only in a global; the bell sets a timer. */
const MOODS = `Global mood;
Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", has light;
Object cat "cat" Hall with name 'cat',
  before [; Touch: mood++; "Purr."; Pull: mood = mood + 2; "Meow."; Push: mood = 9; "Grr."; ], has static;
Object bell "bell" Hall with name 'bell', time_left, time_out [; "Ping."; ],
  before [; Push: StartTimer(self, 90); "Ding."; ], has static;
Object watch "watch" Hall with name 'watch', time_left, time_out [; "Tock."; ], has static;
[ Initialise; location = Hall; StartTimer(watch, 60); ];
Include "Grammar";`

describeCompiled('valid actions of a story in which timers run', () => {
  it('has all that is done to one thing and is only in a global, whichever timer runs', () => {
    const environment = openEnvironment(compile(5, MOODS))
    const moods = ['pull cat', 'push cat', 'touch cat']
    expect(commandsOf(environment)).toEqual(expect.arrayContaining(moods))
    environment.step('push bell')
    expect(commandsOf(environment)).toEqual(expect.arrayContaining(moods))
  })

  it('is the same world while time passes', () => {
    const environment = openEnvironment(compile(5, MOODS))
    const before = environment.worldHash()
    environment.step('wait')
    expect(environment.worldHash()).toBe(before)
  })
})

/** A switch in another room opens a way by a byte of an array. */
const SWITCH = `Array flags -> 8;
Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", n_to Pit,
  e_to [; if (flags->3) return Vault; "A force field blocks you."; ], has light;
Object Vault "Vault" with description "Vault.", w_to Hall, has light;
Object Pit "Pit" with description "Pit.", s_to Hall, has light;
Object lever "switch" Pit with name 'switch', before [; Push: flags->3 = 1; "Click."; ], has static;
Object stone "stone" Hall with name 'stone';
[ Initialise; location = Hall; ];
Include "Grammar";`

describeCompiled('recalled actions of a story that keeps in an array what a switch does', () => {
  it('are searched again where it was thrown meanwhile', () => {
    const environment = openEnvironment(compile(5, SWITCH))
    const cache = new Map<string, readonly string[]>()
    for (const command of ['north', 'south', 'take stone']) environment.step(command)
    expect(environment.recallActions(cache)).not.toContain('east')
    environment.reset()
    for (const command of ['north', 'push switch', 'south', 'take stone']) environment.step(command)
    expect(environment.recallActions(cache)).toContain('east')
  })
})

/** The library notes what is done to people; the stock answers are all that comes of it, wherever the story has some. */
const PEOPLE = `Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", n_to Pit, has light;
Object Pit "Pit" with description "Pit.", s_to Hall, has light;
Object box "box" Hall with name 'box';
Object can "can" Hall with name 'can';
Object cup "cup" Hall with name 'cup';
Object hat "hat" Hall with name 'hat';
Object jar "jar" Hall with name 'jar';
Object pan "pan" Hall with name 'pan';
Object guard "guard" Hall with name 'guard', has animate;
[ Initialise; location = Hall; ];
Include "Grammar";`

describeCompiled('valid actions of a story with people', () => {
  it('has nothing that they refuse as all people do, though many things lie before them', () => {
    const environment = openEnvironment(compile(5, PEOPLE))
    const before = environment.worldHash()
    expect(commandsOf(environment).filter((command) => command.includes('guard'))).toEqual([])
    environment.step('attack guard')
    expect(environment.worldHash()).toBe(before)
  })
})

const PILLS = `Constant MAX_SCORE 10;
Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", has light;
Object red "red pill" Hall with name 'red' 'pill', has edible;
Object blue "blue pill" Hall with name 'blue' 'pill', after [; Eat: score = 10; ], has edible;
Object coin "copper coin" Hall with name 'copper' 'coin';
[ Initialise; location = Hall; ];
Include "Grammar";`

describeCompiled('valid actions where two things share a noun', () => {
  it('name each by words that mean no other, whatever is held', () => {
    const environment = openEnvironment(compile(5, PILLS))
    environment.step('take red pill')
    expect(commandsOf(environment)).toEqual([
      'drop red pill',
      'eat blue pill',
      'eat red pill',
      'take blue pill',
      'take coin',
      'wait',
    ])
  })
})
