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
