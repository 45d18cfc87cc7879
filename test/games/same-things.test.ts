import { describe, expect, it } from 'vitest'
import { withoutAsides } from '../../games/same-things.ts'

/** A command, the words it was filled with, what it earns and what of things it leaves. */
function found(command: string, filled: readonly string[], reward: number, things: string | null) {
  const effect = { reward, terminated: false, changed: [], moved: [], opened: [], lit: [] }
  return { command, filled, effect, things, globals: null, left: [], ending: '', salt: 0 }
}

type Found = ReturnType<typeof found>

function kept(...groups: readonly (readonly Found[])[]): readonly string[] {
  return withoutAsides(groups, ({ things }) => things)
    .flatMap((group) => group.map(({ command }) => command))
    .sort()
}

describe('effects that leave the same of things', () => {
  const take = [found('take skull', ['skull'], -10, 'skull is held')]
  const read = [found('read skull', ['skull'], 0, 'skull is held')]

  it('are one where the commands are about the same things: the plainest', () => {
    expect(kept(read, take)).toEqual(['take skull'])
  })

  it('are two where one speaks of another thing', () => {
    const shake = [found('shake case', ['case'], 0, 'skull is held')]
    expect(kept(take, shake)).toEqual(['shake case', 'take skull'])
  })

  it('are named by the command that earns something', () => {
    const drop = [found('drop coin', ['coin'], 0, 'coin is gone')]
    const spend = [found('spend coin', ['coin'], 5, 'coin is gone')]
    expect(kept(drop, spend)).toEqual(['spend coin'])
  })

  it('may be had in another order of the words', () => {
    const put = [found('put torch in case', ['torch', 'case'], 14, 'torch is in case')]
    const fill = [found('fill case with torch', ['case', 'torch'], 0, 'torch is in case')]
    expect(kept(fill, put)).toEqual(['put torch in case'])
  })
})

describe('effects that leave nothing of things', () => {
  it('are all kept', () => {
    const turns = ['1', '2'].map((number) => [found(`turn dial to ${number}`, ['dial', number], 0, null)])
    expect(kept(...turns)).toEqual(['turn dial to 1', 'turn dial to 2'])
  })

  it('and walks, which name no thing', () => {
    const walks = ['north', 'south'].map((way) => [found(way, [], 0, 'player is elsewhere')])
    expect(kept(...walks)).toEqual(['north', 'south'])
  })
})
