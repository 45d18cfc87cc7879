import { describe, expect, it, vi } from 'vitest'
import { recalledActions } from '../../harness/action-memo.ts'
import { ToyEnvironment } from './toy-environment.ts'

const HERE = '0123456789abcdef'

describe('the commands that can be given now', () => {
  it('are searched for once, then known to the run and to the next', () => {
    const environment = new ToyEnvironment()
    const search = vi.spyOn(environment, 'validActions')
    const cache = new Map()
    const memo = new Map()
    const found = recalledActions(environment, HERE, memo, cache)
    expect(found).toContain('wait')
    expect(recalledActions(environment, HERE, memo, new Map())).toEqual(found)
    expect(recalledActions(environment, HERE, new Map(), cache)).toEqual(found)
    expect(search).toHaveBeenCalledTimes(1)
  })

  it('are those that the run began with, whatever another run has put into the cache since', () => {
    const memo = new Map([[HERE, ['wait']]])
    expect(recalledActions(new ToyEnvironment(), HERE, memo, new Map([[HERE, ['sing']]]))).toEqual(['wait'])
  })
})
