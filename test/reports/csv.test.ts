import { expect, test } from 'vitest'
import { episodesCsv } from '../../reports/index.ts'
import { runOf, STORY } from './made-up-runs.ts'

test('every episode is a line', () => {
  expect(episodesCsv([runOf([0, -5], { policy: 'jitrl:paper', seed: 3 })])).toBe(
    [
      'story,policy,seed,episode,score,max_score,steps,terminated,victory',
      '"lighthouse","jitrl:paper",3,1,0,50,60,false,false',
      '"lighthouse","jitrl:paper",3,2,-5,50,60,false,false',
      '',
    ].join('\r\n'),
  )
})

test('texts are quoted, their quotes doubled, and an unknown highest score is left empty', () => {
  const run = runOf([1], { policy: 'a "b",\nc', story: { ...STORY, maxScore: null } })
  const silent = { ...run, episodes: run.episodes.map((episode) => ({ ...episode, maxScore: null })) }
  expect(episodesCsv([silent]).split('\r\n')[1]).toBe('"lighthouse","a ""b"",\nc",1,1,1,,60,false,false')
})
