import { expect, it } from 'vitest'
import { reportStory } from '../../games/story-report.ts'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { compile, describeCompiled } from './compiled-story.ts'

const POINTLESS = `Constant MAX_SCORE 0;
Include "Parser"; Include "VerbLib";
Object Cell "Cell" with description "A cell.", n_to steel, has ~light;
Object steel "steel door" Cell with name 'steel' 'door', door_to Hall, door_dir n_to, has door openable scenery;
Object Hall "Hall" with description "A hall.", s_to Cell, e_to Cellar, has light;
Object Cellar "Cellar" with description "A cellar.", w_to Hall, has ~light;
Object boat "boat" Hall with name 'boat', has enterable container open;
[ Initialise; location = Cell; ];
Include "Grammar";
[ XyzzySub; deadflag = 2; ];
Verb 'xyzzy' * -> Xyzzy;`

/** Its score is in no global: it is worked out whenever it is asked for. */
const COMPUTED = `Constant NO_SCORE 1;
Global gems;
Include "Parser"; Include "VerbLib";
Object Cell "Cell" with description "A cell.", n_to Hall, has light;
Object gem "gem" Cell with name 'gem', after [; Take: gems++; ];
Object Hall "Hall" with description "A hall.", s_to Cell, has light;
[ Initialise; location = Cell; ];
Include "Grammar";
[ PointsSub; print "You have earned ", 3 * gems + 1, " points of a possible 10.^"; ];
Extend 'score' replace * -> Points;`

/** Speaks of points in its own words: `say` is what `score` does. */
const worded = (say: string) => `Constant NO_SCORE;
Include "Parser"; Include "VerbLib";
Object Cell "Cell" with description "A cell.", n_to Hall, has light;
Object gem "gem" Cell with name 'gem', after [; Take: score = score + 10; ];
Object Hall "Hall" with description "A hall.", s_to Cell, has light;
[ Initialise; location = Cell; ];
Include "Grammar";
[ PointsSub; ${say} ];
Extend 'score' replace * -> Points;`

/** Asks who plays, and then whether it has understood, in the player's own words. */
const NAMED = `Constant MAX_SCORE 10;
Include "Parser"; Include "VerbLib";
Object Cell "Cell" with description "A cell.", n_to Hall, has light;
Object Hall "Hall" with description "A hall.", s_to Cell, has light;
[ AskName i; KeyboardPrimitive(buffer, parse);
  print "^Hello, "; for (i = 0: i < buffer->1: i++) print (char) buffer->(i + 2); print ". Is that right? "; ];
[ Initialise; location = Cell; print "What is your name? "; AskName();
  while (YesOrNo() == 0) { print "What is it, then? "; AskName(); } ];
Include "Grammar";`

/** What it says in passing reads like the end; it gives no points. */
const BOOKISH = `Constant NO_SCORE;
Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", n_to Pit, has light;
Object Pit "Pit" with description "A pit.", s_to Hall, has light;
Object book "book" Hall with name 'book',
  before [;
    Examine: "It says:^^*** THE END ***";
    Turn: "It says: type RESTART to restart, RESTORE to restore a saved game or QUIT to quit.";
    Pull: deadflag = 2; "You pull it.";
    Open: deadflag = 3; "You fall asleep.";
    Push: deadflag = 4; "You leave.";
  ];
[ DeathMessage; if (deadflag == 3) print "You have missed the point"; else print "You have left the hall"; ];
[ Initialise; location = Hall; ];
Include "Grammar";`

/** Without the library and without a player: where one is, is in the first global. */
const NOBODY = `Array buffer -> 80; Array parse -> 60;
Global place; Global points; Global turns;
Object Kitchen "Kitchen"; Object Attic "Attic";
[ Main; place = Kitchen;
  for (::) { print "^>"; buffer->0 = 60; parse->0 = 10; read buffer parse; turns++;
    switch (parse-->1) { 'up': place = Attic; 'down': place = Kitchen; 'leave': place = 200; default: print "What?"; } } ];`

/** Of these words the dictionary keeps three letters, and eight. */
const ACCENTED = `Constant MAX_SCORE 10;
Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", n_to Pit, has light;
Object Pit "Pit" with description "A pit.", s_to Hall, has light;
Object epee "@'ep@'ee" Hall with name '@'ep@'ee';
Object xrays "well-known" Hall with name 'well-known';
[ Initialise; location = Hall; ];
Include "Grammar";`

/** A guard goes to and fro between the rooms; a cat goes there too, as it pleases. */
const ROAMED = `Constant MAX_SCORE 100;
Include "Parser"; Include "VerbLib";
Object Hall "Hall" with description "A hall.", n_to Pit, has light;
Object Pit "Pit" with description "A pit.", s_to Hall, has light;
[ Roam who; if (who in Hall) move who to Pit; else move who to Hall; ];
Object guard "guard" Hall with name 'guard', daemon [; Roam(self); ], has animate;
Object cat "cat" Pit with name 'cat', daemon [; if (random(3) > 1) Roam(self); ], has animate;
[ Initialise; location = Hall; StartDaemon(guard); StartDaemon(cat); ];
Include "Grammar";`

/** Understands two words, has no tables of verbs, and keeps what they mean to itself. */
const TWO_WORDS = `Array buf -> 80; Array par -> 60;
Global lit; Global points;
Object Room "Hut";
Object Attic "Attic";
Object you "yourself" Room;
Object Lamp "brass lamp" Room;
Object Gem "gem" Attic;
[ Find w; switch (w) { 'lamp': return Lamp; 'gem': return Gem; } return 0; ];
[ Main v n o here;
  here = Room; print "You are in a hut. There is a lamp here.^";
  for (::) {
    print "^>"; buf->0 = 60; buf->1 = 0; par->0 = 10; @aread buf par -> v;
    v = par-->1; n = 0; if (par->1 > 1) n = par-->3; o = Find(n);
    switch (v) {
      'take': if (o && o in here) { move o to you; if (o == Gem) points = points + 5; print "Taken.^"; } else print "No.^";
      'drop': if (o && o in you) { move o to here; print "Dropped.^"; } else print "You have no such thing.^";
      'light': if (o == Lamp && Lamp in you) { lit = 1; print "It is lit now.^"; } else print "No.^";
      'up', 'u//': if (here == Room && lit) { here = Attic; move you to Attic; print "Attic.^"; } else print "Too dark.^";
      'score': print "You have scored ", points, " points out of 5.^";
      'wait', 'look', 'inventory': print "Time passes.^";
      default: print "I don't understand.^";
    }
  }
];`

describeCompiled('compiled stories', () => {
  it.each([5, 8] as const)('start in the dark, behind a door, and give no points: version %i', (version) => {
    const story = compile(version, POINTLESS)
    expect(reportStory(story)).toMatchObject({
      version,
      grammar: { source: 'inform' },
      player: { value: '(self object)', sure: 'certain' },
      location: { value: 'Cell' },
      score: { value: 0, sure: 'certain' },
      maxScore: { value: 1 },
    })
    const environment = openEnvironment(story)
    const locations = ['north', 'enter boat', 'out', 'east'].map(
      (command) => environment.step(command).observation.location,
    )
    // In the boat, the boat; in the dark, the room all the same.
    expect(locations).toEqual(['Hall', 'boat', 'Hall', 'Cellar'])
    const end = environment.step('xyzzy')
    expect(end).toMatchObject({ reward: 1, terminated: true, victory: true, observation: { score: 1 } })
  })

  it('tell the player from others who walk, whatever the player does', () => {
    const story = compile(5, ROAMED)
    expect(reportStory(story)).toMatchObject({ player: { value: '(self object)', sure: 'certain' } })
    const environment = openEnvironment(story)
    const locations = ['wait', 'north', 'wait'].map((command) => environment.step(command).observation.location)
    expect(locations).toEqual(['Hall', 'Pit', 'Pit'])
  })

  it('go on after texts that read like an end, and are not won by who quits', () => {
    const environment = openEnvironment(compile(5, BOOKISH))
    const played = (...commands: readonly string[]) => {
      environment.reset()
      return commands.map((command) => environment.step(command)).map(({ reward, terminated }) => [reward, terminated])
    }
    expect(played('examine book', 'turn book')).toEqual([
      [0, false],
      [0, false],
    ])
    expect(played('quit', 'yes')).toEqual([
      [0, false],
      [0, true],
    ])
    expect(played('pull book')).toEqual([[1, true]])
    expect(played('open book')).toEqual([[0, true]])
    expect(played('push book')).toEqual([[1, true]])
    environment.reset()
    const { actions } = environment.validActions()
    const ends = actions.filter(({ effect }) => effect.terminated)
    expect(ends.map(({ command, effect }) => [command, effect.reward])).toEqual([
      ['open book', 0],
      ['pull book', 1],
      ['push book', 1],
    ])
  })

  it('of version 3 have a location without a player: the Standard says where', () => {
    const story = compile(3, NOBODY)
    expect(reportStory(story)).toMatchObject({
      player: { value: null },
      location: { value: 'Kitchen', sure: 'certain', how: 'where version 3 must keep it (Standard §8.2.2)' },
    })
    const environment = openEnvironment(story)
    const locations = ['up', 'down', 'leave'].map((command) => environment.step(command).observation.location)
    expect(locations).toEqual(['Attic', 'Kitchen', null])
  })

  it('have their things named by whole words, however short the dictionary cuts them', () => {
    const { actions } = openEnvironment(compile(5, ACCENTED)).validActions()
    expect(actions.map(({ command }) => command)).toEqual(['north', 'take well-known', 'take épée', 'wait'])
  })

  it('ask for a name first, and are found out about behind that question', () => {
    expect(reportStory(compile(5, NAMED))).toMatchObject({
      openingAnswers: ['no', 'yes'],
      player: { sure: 'certain' },
      location: { value: 'Cell' },
      score: { value: 0, sure: 'certain' },
      maxScore: { value: 10 },
    })
  })

  it.each([
    ['if (score) print "You have scored ", score, " points.^"; else "You have not scored any points yet.";', null],
    ['if (score) print "You have scored ", score, " points.^"; else "You have no points.";', null],
    ['print "You have ", score, " points out of 1,000.^";', 1000],
    ['"You are an amateur, with no points to show for it.";', 1],
  ])('give points in their own words: %s', (say, maxScore) => {
    const environment = openEnvironment(compile(5, worded(say)))
    expect(environment.story.maxScore).toBe(maxScore)
    expect(environment.reset().observation.score).toBe(0)
    expect(environment.step('take gem').observation.score).toBe(maxScore === 1 ? 0 : 10)
  })

  it('work out their score when they are asked for it', () => {
    const environment = openEnvironment(compile(5, COMPUTED))
    expect(environment.calibration.score).toEqual({ from: 'answer' })
    expect(environment.reset().observation).toMatchObject({ score: 1, maxScore: 10, moves: 0 })
    const took = environment.step('take gem')
    expect(took).toMatchObject({ reward: 3, observation: { score: 4, moves: 1, inventory: ['gem'] } })
    // Asking is no turn of the story's.
    expect(environment.step('undo').observation).toMatchObject({ score: 1, moves: 0 })
  })

  it('are played by words where the parser does not show what they mean', () => {
    const environment = openEnvironment(compile(5, TWO_WORDS))
    const listed = () => environment.validActions().actions.map(({ command }) => command)
    expect(listed()).toEqual(['take lamp', 'wait'])
    environment.step('take lamp')
    expect(listed()).toEqual(['drop lamp', 'light lamp', 'wait'])
    environment.step('light lamp')
    environment.step('up')
    expect(listed()).toContain('take gem')
    expect(environment.step('take gem').reward).toBe(5)
  })
})
