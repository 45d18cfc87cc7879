import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LexicalPrior } from '../../harness/lexical-prior.ts'
import { BudgetError } from '../../harness/models/spending.ts'
import { isPolicyFile, loadPolicyFile, PolicyFileError } from '../../harness/policy-file.ts'
import { randomStream } from '../../harness/rng.ts'
import { ArrayStore } from './array-store.ts'
import { policyConformance } from './policy-conformance.ts'
import { viewOf } from './toy-run.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grue-policy-'))
  const manual = readFileSync(join(import.meta.dirname, '../../docs/policies.md'), 'utf8')
  writeFileSync(join(folder, 'curious.mjs'), manual.match(/```js\n([\s\S]*?)```/)![1]!)
})
afterAll(() => rmSync(folder, { recursive: true }))

const deps = { prior: new LexicalPrior(), store: new ArrayStore(), temperature: 1, seed: 1 }

let files = 0
/** The policy of a file with this content. */
async function load(content: string) {
  const path = join(folder, `policy-${++files}.mjs`)
  writeFileSync(path, content)
  return loadPolicyFile(path, deps)
}

describe('the policy of the manual', () => {
  policyConformance((store) => loadPolicyFile(join(folder, 'curious.mjs'), { ...deps, store }))

  it('takes what --set says, and shows the digest of its file', async () => {
    const { info } = await loadPolicyFile(join(folder, 'curious.mjs'), { ...deps, overrides: { weight: 7 } })
    expect(info).toEqual({
      name: 'curious',
      parameters: { weight: 7, file: expect.stringMatching(/^\w{8}$/) },
    })
  })
})

describe('a policy file', () => {
  it.each([
    ['./mine.js', true],
    ['../mine', true],
    ['/tmp/mine.mjs', true],
    ['mine.js', true],
    ['jitrl:paper', false],
    ['static', false],
  ])('is told from a name: %s', (spec, file) => {
    expect(isPolicyFile(spec)).toBe(file)
  })

  it.each([
    ['is not there', null, /none\.mjs cannot be loaded/],
    ['is no JavaScript', 'export default (', /cannot be loaded/],
    ['fails while it is loaded', 'throw new Error("ouch")', /cannot be loaded: ouch\./],
    ['exports no function', 'export const policy = 1', /no function as its default export/],
    ['makes nothing', 'export default () => null', /makes no policy/],
    ['makes a policy without a name', 'export default () => ({ decide() {} })', /makes no policy: info is wrong/],
    [
      'calls the seed a parameter, so that no two runs of it could be compared',
      'export default ({ seed }) => ({ info: { name: "x", parameters: { seed } }, decide() {} })',
      /makes no policy: info\.parameters is wrong \(must leave out seed/,
    ],
    [
      'bears a name of ours, with which its runs would be taken for those of another',
      'export default () => ({ info: { name: "jitrl:paper", parameters: {} }, decide() {} })',
      /makes no policy: info\.name is wrong \(must not be the name of one of grue's own\)/,
    ],
    [
      'makes one that cannot decide',
      'export default () => ({ info: { name: "x", parameters: {} } })',
      /decide is wrong \(must be a function\)/,
    ],
  ])('that %s is refused in one line', async (_, content, message) => {
    const loading = content === null ? loadPolicyFile(join(folder, 'none.mjs'), deps) : load(content)
    const error = await loading.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PolicyFileError)
    expect(String(error)).toMatch(message)
    expect(String(error)).not.toContain('\n')
  })

  const deciding = (decision: string) =>
    load(`export default ({ logits, decide }) => ({
      info: { name: 'x', parameters: {} },
      async decide(view, rng) { return { ...decide(view, await logits(view), rng), ${decision} } },
    })`)

  const changed = (numbers: string) =>
    `candidates: view.validActions.map((action, index) => {
      const row = { action, prior: index ? 0 : 1, logit: 0, visits: 0, q: null, advantage: 0, adjusted: 0 }
      return { ...row, probability: index ? 0 : 1, source: 'valid', evidence: [], ${numbers} }
    })`

  it.each([
    ['chosen: undefined', /chosen is wrong/],
    ['chosen: "wait\\nquit"', /chosen must be one line/],
    ['candidates: [{ action: "wait" }]', /candidates\.0\.\w+ is wrong/],
    ['value: NaN', /value is wrong/],
    ['chosen: "xyzzy"', /chosen must be one of the candidates, not "xyzzy"\.$/],
    ['staticChoice: "plugh"', /staticChoice must be one of the candidates, not "plugh"\.$/],
    [changed('probability: index ? 0.1 : -0.5'), /candidates\.0\.probability must be 0 to 1, not -0\.5\.$/],
    [changed('probability: index ? 0.5 : 1'), /the candidates' probability must sum to 1, not 1\.5\.$/],
    [changed('prior: 0'), /the candidates' prior must sum to 1, not 0\.$/],
    [changed('prior: NaN'), /candidates\.0\.prior is wrong/],
  ])('whose decision is broken (%s) is stopped there', async (decision, message) => {
    const policy = await deciding(decision)
    await expect(policy.decide(viewOf(), randomStream(1))).rejects.toThrow(message)
  })

  it('may choose what is not valid where it says so, and need not sum up to the last digit', async () => {
    const policy = await load(`export default ({ logits, decide }) => ({
      info: { name: 'x', parameters: {} },
      async decide(view, rng) {
        const decision = decide(view, await logits(view), rng)
        const [first] = decision.candidates
        const others = decision.candidates.map((each) => ({ ...each, probability: 0 }))
        const own = { ...first, action: 'xyzzy', source: 'memory', prior: 1e-9, probability: 1 + 1e-9 }
        return { ...decision, candidates: [...others, own], chosen: 'xyzzy' }
      },
    })`)
    expect(await policy.decide(viewOf(), randomStream(1))).toMatchObject({ chosen: 'xyzzy' })
  })

  it.each([
    ['logits(view), rng, [3]', /decide failed: there are 2 valid actions, and 1 advantages \(line 3\)/],
    ['logits(view), rng, [3, 2, 1]', /there are 2 valid actions, and 3 advantages/],
    ['[0, 1, 2], rng', /there are 2 valid actions, and 3 logits/],
    ['logits(view), rng, [0, NaN]', /advantages\[1\] must be a finite number, not NaN/],
    ['[-Infinity, 0], rng', /logits\[0\] must be a finite number, not -Infinity/],
    ['logits(view), rng, ["3", 1]', /advantages\[0\] must be a finite number, not 3/],
  ])('that has other than a number for each valid action is told so: decide(view, %s)', async (words, message) => {
    const policy = await load(`export default ({ logits, decide }) => ({
      info: { name: 'x', parameters: {} },
      decide: async (view, rng) => decide(view, ...(await Promise.all([${words}]))),
    })`)
    const view = viewOf({ validActions: ['north', 'wait'] })
    await expect(policy.decide(view, randomStream(1))).rejects.toThrow(message)
  })

  const failing = (method: string) =>
    load(`export default () => {
      const policy = { info: { name: 'x', parameters: {} }, begin() {}, observe() {}, end() {}, decide() {} }
      const fail = () => undefined.north
      if ('${method}' === 'its function') fail()
      return { ...policy, ['${method}']: fail }
    }`)

  it.each(['begin', 'decide', 'observe', 'end', 'its function'])(
    'that fails in %s is named, in one line, and with the line that failed',
    async (method) => {
      const failure = await (async () => {
        const policy = await failing(method)
        await policy.begin({} as never)
        if (method === 'decide') await policy.decide(viewOf(), randomStream(1))
        policy.observe({} as never)
        await policy.end({} as never)
      })().catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(PolicyFileError)
      expect((failure as Error).message).toBe(
        `${join(folder, `policy-${files}.mjs`)}: ${method} failed: Cannot read properties of undefined (reading 'north') (line 3).`,
      )
    },
  )

  it.each([new BudgetError('The limit is reached.'), new DOMException('stopped', 'AbortError')])(
    'is not blamed for what its tools throw: %s',
    async (reason) => {
      const path = join(folder, 'innocent.mjs')
      writeFileSync(path, `export default ({ logits }) => ({ info: { name: 'x', parameters: {} }, decide: logits })`)
      const score = async () => {
        throw reason
      }
      const policy = await loadPolicyFile(path, { ...deps, prior: { ...deps.prior, name: 'm', rung: 'r', score } })
      await expect(policy.decide(viewOf(), randomStream(1))).rejects.toBe(reason)
    },
  )

  it('that observes later than it returns is refused, as the next turn does not wait for it', async () => {
    const path = join(folder, 'late.mjs')
    const observe = `observe: async () => { throw new Error('late') }`
    writeFileSync(
      path,
      `export default ({ logits }) => ({ info: { name: 'x', parameters: {} }, decide: logits, ${observe} })`,
    )
    const policy = await loadPolicyFile(path, deps)
    expect(() => policy.observe({} as never)).toThrow(new PolicyFileError(`${path}: observe must not be async.`))
  })

  it('may be a class, with a memory of its own', async () => {
    const policy = await load(`class Mine {
      info = { name: 'mine', parameters: {} }
      #turns = 0
      constructor(tools) { this.tools = tools }
      observe() { this.#turns++ }
      async decide(view, rng) {
        const decision = this.tools.decide(view, await this.tools.logits(view), rng)
        return { ...decision, value: this.#turns }
      }
    }
    export default (tools) => new Mine(tools)`)
    policy.observe({} as never)
    expect(await policy.decide(viewOf(), randomStream(1))).toMatchObject({ value: 1 })
  })
})
