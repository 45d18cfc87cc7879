import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyStory, inBlorb } from '../../games/empty-story.ts'
import { grue, grueHere, inFreshFolder } from './grue.ts'

describe('wrong usage', () => {
  it.each([
    ['lern tide', /no command "grue lern".*Did you mean "grue learn"/],
    ['games lst', /Did you mean "grue games list"/],
    ['games fetch zrok1', /no story "zrok1" to fetch; did you mean zork1/],
    ['learn', /STORY is missing/],
    ['learn tide minizork', /"minizork" is one word too many/],
    ['learn tide --episode 3', /no flag --episode. Did you mean --episodes/],
    ['play tide -x', /no flag -x/],
    ['learn tide --episodes', /--episodes needs a value: --episodes N/],
    ['learn tide --out --json', /--out needs a value: --out DIR/],
    ['learn tide --json=yes', /--json takes no value/],
    ['learn tide --episodes 0', /--episodes must be a whole number, 1 or more, not "0"/],
    ['learn tide --episodes 1.5', /--episodes must be a whole number/],
    ['learn tide --episodes 99999999999999999', /--episodes must be 9007199254740991 at most/],
    ['learn tide --steps many', /--steps must be a whole number/],
    ['learn tide --seed -1', /--seed must be a whole number, 0 or more, not "-1"/],
    ['learn tide --temperature 0', /--temperature must be a number above 0/],
    ['learn tide --game-seed fixed', /--game-seed must be per-episode, fixed:N or story/],
    ['learn tide --set beta', /--set must be NAME=X, a number or a word/],
    ['learn tide --estimator grap', /--estimator must be one of knn, graph \(graph\?\), not "grap"/],
    ['compare tide --encoder sumary', /--encoder must be one of .*\(summary\?\), not "sumary"/],
    ['sweep tide --vary beta=1 --reward points', /--reward must be one of score, score,novelty/],
    [
      'watch tide --policy static --encoder text',
      /--encoder is about jitrl, prompt-jitrl, cbr and tips: leave it out with static/,
    ],
    ['learn tide --reward evaluator', /A model is the evaluator of --reward evaluator: add --model M/],
    ['learn tide --policy jtrl', /--policy must be one of .*\(jitrl\?\), not "jtrl"/],
    ['compare tide --policies jitrl,statik', /--policies must be one of .*\(static\?\)/],
    ['compare tide --policies jitrl,jitrl', /--policies must name each policy once/],
    ['learn tide --prior openai', /--prior openai needs the name of a model/],
    ['learn tide --prior lexical --model m', /--prior lexical asks no model/],
    ['learn tide --policy memory', /memory learns by what a model reads: add --model M/],
    ['compare tide --policies static,cbr', /cbr learns by what a model reads: add --model M/],
    ['learn tide --policy walkthrough', /--policy must say which walkthrough: walkthrough:FILE/],
    ['compare tide --policies static,human', /--policies must leave out human, who can only play in "grue learn"/],
    ['learn tide --max-calls 3', /--max-calls is about a model: add --model M/],
    ['learn tide --model m --rung best', /--rung must be one of labels, strings, confidences, samples, not "best"/],
    ['learn tide --policy random --model m --decode server', /--decode server draws for .*: leave it out with random/],
    ['compare tide --policies static,reflexion --model m --decode server', /--decode server .*out with reflexion/],
    ['watch tide --against prompt-jitrl --model m --decode server', /--decode server .*out with prompt-jitrl/],
    ['learn tide --policy jitrl:authors --model m --decode server', /--decode server .*out with jitrl:authors/],
    ['sweep tide --policy jitrl:paper --vary choice=sample,argmax --model m --decode server', /--decode server/],
    ['learn tide --model m --max-cost 3', /--max-cost needs to know what tokens cost: --prices FILE/],
    ['learn tide --model m --max-cost much', /--max-cost must be a number of US dollars/],
    ['learn tide --model m --prices none.json', /--prices must name a JSON file like .*not "none.json"/],
    ['learn tide --memory nope.db --out made', /--memory must name .* not "nope.db": there is none/],
    ['learn tide --warm-start nope/a.db --out made', /--warm-start must name .* not "nope\/a.db"/],
    ['compare tide --memory . --out made', /--memory must name .*memory.db of a run, or its folder, not "."/],
    ['play tide --hints nope.db', /--hints must name the memory.db of a run, or its folder, not "nope.db"/],
    ['learn tide --freeze', /--freeze needs the memory to play by: --memory DB/],
    ['learn tide --memory-episode 3', /--memory-episode needs the memory/],
    ['learn tide --warm-start a.db --freeze', /to evaluate a memory, say --memory DB --freeze/],
    ['learn tide --policy tips --model m --memory-limit 9', /tips keeps notes .*: leave out --memory-limit/],
    ['learn tide --evict lowest-return', /--evict needs the limit: --memory-limit N/],
    ['memory', /Which one\? There are: memory stats, memory query/],
    ['memory prune memory.db', /--limit is missing: --limit N/],
    ['memory export memory.db --out a.csv', /--out must end in .jsonl or .parquet, not "a.csv"/],
    ['memory query memory.db lamp --threshold 2', /--threshold must be a number from 0 to 1, not "2"/],
    ['sweep tide', /--vary/],
    ['sweep tide --vary beta=', /--vary must be NAME=X,Y/],
    ['sweep tide --vary beta=1 --vary beta=2', /--vary must name each parameter once/],
    ['sweep tide --vary beta=1 --set beta=2', /--set beta and --vary beta contradict each other/],
    ['sweep tide --vary beta=1,1.0', /--vary must name each value of a parameter once/],
    ['sweep tide --vary beta=1 --policy human', /--policy must leave out human, who can only play in "grue learn"/],
    ['watch tide --policy human', /--policy must leave out human, who can only play in "grue learn"/],
    ['watch tide --against human', /--against must leave out human/],
    ['fork run --episode 1 --turn 1 --policy human', /--policy must leave out human/],
    ['compare tide --seeds 5000000000', /--seeds must be a whole number, 1 to 10000, not "5000000000"/],
    ['sweep tide --vary beta=1 --seeds 10001', /--seeds must be a whole number, 1 to 10000/],
    ['replay run --json', /--json prints what --verify finds: add --verify/],
    ['replay run --against other', /--against shows a run beside another on a terminal, and here is none/],
    ['replay run --verify --against other', /--verify checks one run: leave out --against/],
    [`play tide --hints ${import.meta.filename}`, /--hints is for the screen of a terminal, and here is none/],
    ['play tide --transcript t.txt', /--transcript is for the screen of a terminal, and here is none/],
    ['play tide --json --transcript t.txt', /--transcript is for the screen .*: leave it out with --json/],
    [
      `play tide --commands c.txt --hints ${import.meta.filename}`,
      /--hints is for the screen .*: leave it out with --commands/,
    ],
    ['compare tide --policies static,./none.js', /policy file \.\/none\.js cannot be loaded/],
    ['sweep tide --vary beta=1,x', /beta must be a number, such as 150, not "x"/],
    ['sweep tide --vary beta=1,x --dry-run', /beta must be a number, such as 150, not "x"/],
    ['learn tide --out=', /--out must name a folder/],
    ['fork nowhere --turn 1', /--episode/],
    ['watch --speed 3', /--speed must be one of 0.5, 1, 2/],
    ['learn minizrok', /no story "minizrok"; did you mean minizork\?.*grue games add PATH/],
    ['watch advnt', /no story "advnt"; did you mean advent\?/],
  ])('of "grue %s" exits with 2 and one clear line', async (line, message) => {
    await inFreshFolder(async (cwd) => {
      const { code, stdout, stderr } = await grueHere(line.split(' '), { cwd })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(message)
      expect(stderr).toMatch(/^grue: [^\n]+\n$/)
      expect(readdirSync(cwd)).toEqual([])
    })
  })
})

it.each([
  'learn tide --freeze',
  'compare tide --policies jitrl,static --evict lowest-return',
  'sweep tide --vary beta=1,2 --max-calls 3',
])('flags that contradict each other point to the help of their own command: "grue %s"', async (line) => {
  const words = line.split(' ')
  const { code, stderr } = await grueHere(words)
  expect(code).toBe(2)
  expect(stderr).toContain(`See "grue ${words[0]} --help".`)
})

describe('a file that is no story', () => {
  const text = new TextEncoder().encode('open mailbox\n')
  it.each<[string, Uint8Array | 'folder' | null, RegExp]>([
    ['missing', null, /does not exist: check the path/],
    ['a folder', 'folder', /is a folder, not a story file/],
    ['empty', new Uint8Array(0), /is empty/],
    ['a text file', text, /is a text file, not a story file/],
    ['cut short', emptyStory({ length: 512 }).subarray(0, 300), /is cut short: its header speaks of 512 bytes/],
    ['version 1', emptyStory({ version: 1 }), /version 1, which is not supported; grue plays .*3, 4, 5 and 8/],
    ['version 2', emptyStory({ version: 2 }), /version 2/],
    ['version 6', emptyStory({ version: 6 }), /version 6/],
    ['version 7', emptyStory({ version: 7 }), /version 7/],
    ['Glulx', new TextEncoder().encode('Glul\0\x03\x01\x02'), /is a Glulx story/],
    ['Glulx in a Blorb', inBlorb('GLUL', text), /is a Glulx story in a Blorb/],
    ['a header and nothing else', emptyStory({}), /./],
  ])('but %s is refused in one line that names it', async (_, content, message) => {
    await inFreshFolder(async (cwd) => {
      const path = join(cwd, 'x.z5')
      if (content === 'folder') mkdirSync(path)
      else if (content !== null) writeFileSync(path, content)
      const { code, stdout, stderr } = await grueHere(['play', 'x.z5'], { cwd })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(message)
      expect(stderr).toMatch(/^grue: [^\n]+\n$/)
    })
  })
})

describe('other things that are not there', () => {
  it.each([
    ['replay nowhere', /nowhere holds no recorded run/],
    ['fork nowhere --episode 1 --turn 1', /nowhere holds no recorded run/],
    ['cell nowhere.json --out x', /nowhere\.json/],
    ['report nowhere', /nowhere holds no recorded run/],
    ['memory stats nowhere.db', /nowhere\.db/],
    ['games add nowhere.z5', /nowhere\.z5 does not exist/],
    ['play minizork --commands nowhere.txt', /nowhere\.txt cannot be read \(ENOENT\)/],
    ['learn minizork --out /proc/x', /\/proc\/x cannot be made a folder \(ENOENT\): name another/],
    ['learn minizork --out /dev/null/x', /\/dev\/null\/x cannot be made a folder \(ENOTDIR\): name another/],
  ])('make "grue %s" exit with 1 and one clear line', async (line, message) => {
    await inFreshFolder(async (cwd) => {
      const { code, stdout, stderr } = await grueHere(line.split(' '), { cwd })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(message)
      expect(stderr).toMatch(/^grue: [^\n]+\n$/)
    })
  })
})

it.each([
  ['no-story', 2],
  ['x.z5', 1],
])('Nothing is made for the story %s, which is none, wherever it was to be put', async (story, code) => {
  await inFreshFolder(async (cwd) => {
    writeFileSync(join(cwd, 'x.z5'), emptyStory({ version: 6 }))
    for (const command of ['learn', 'compare', 'sweep --vary beta=1,2']) {
      const words = [...command.split(' '), story, '--out', 'made']
      expect((await grueHere(words, { cwd })).code).toBe(code)
    }
    expect(readdirSync(cwd)).toEqual(['x.z5'])
  })
})

it('A model without a server makes "grue learn" exit with 1 and one clear line, though a thread finds it out', async () => {
  await inFreshFolder(async (cwd) => {
    const { code, stdout, stderr } = await grue(['learn', 'minizork', '--model', 'm'], { cwd })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^grue: [^\n]*OPENAI_BASE_URL[^\n]+\n$/)
  })
})

it('A parameter that the policy does not have makes "grue learn" exit with 2', async () => {
  await inFreshFolder(async (cwd) => {
    const { code, stderr } = await grue(['learn', 'minizork', '--set', 'bta=1'], { cwd })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^grue: [^\n]*"bta"[^\n]*"beta"[^\n]*\n$/),
    })
  })
})
