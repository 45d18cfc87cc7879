import { describe, expect, it } from 'vitest'
import { reportStory } from '../../games/story-report.ts'
import { openEnvironment } from '../../games/z-machine-environment.ts'
import { assembleStory, opcode } from './assembled-story.ts'
import { packagedStory } from './shared-stories.ts'

describe('calibration', () => {
  it('finds the globals of version 3 where the Standard puts them, and the player by walking', () => {
    const report = reportStory(packagedStory('minizork.z3'))
    expect(report).toMatchObject({
      version: 3,
      release: 34,
      serial: '871124',
      grammar: { source: 'infocom' },
      openingAnswers: [],
      player: { value: 'you', sure: 'certain' },
      location: { value: 'West of House' },
      score: { value: 0, sure: 'certain' },
      maxScore: { value: 350, sure: 'likely' },
      moves: { value: 0, sure: 'certain' },
    })
  })

  it('finds the globals of later versions by what the story prints', () => {
    const report = reportStory(packagedStory('advent.z5'))
    expect(report).toMatchObject({
      player: { value: '(self object)', sure: 'certain' },
      score: { value: 36, sure: 'certain', how: '`score` prints what is put there' },
      maxScore: { value: 350 },
    })
  })

  it('goes past a question that the story asks first, where nobody is anywhere yet', () => {
    const story = packagedStory('advent.z3')
    expect(reportStory(story)).toMatchObject({
      openingAnswers: ['no'],
      player: { value: 'you', sure: 'certain' },
      location: { value: 'At End Of Road' },
      maxScore: { value: 350 },
    })
    const environment = openEnvironment(story)
    // The question itself is the player's to answer.
    expect(environment.reset().observation.text).toMatch(/Do you need instructions\?/)
    environment.step('no')
    const { location } = environment.step('east').observation
    expect(location).toBe('Inside Building')
  })

  it('says where nothing was found, and gives one point for winning where there are none to be had', () => {
    const report = reportStory(assembleStory({ turn: opcode.newLine() }))
    expect(report).toMatchObject({
      player: { value: null, sure: 'unknown' },
      location: { value: null, sure: 'unknown' },
      score: { value: 0, sure: 'likely' },
      maxScore: { value: 1 },
      moves: { value: null, sure: 'unknown' },
    })
  })
})
