import { z } from 'zod'
import { encodersOf } from '../../harness/index.ts'
import { type EpisodeRecord, type MemoryFile, openExperienceStore, type StateRecord } from '../../memory/index.ts'
import { plainLine } from '../tui/plain-text.ts'
import { defineCommand } from './command.ts'
import { json, wholeNumber } from './flags.ts'
import { meantState } from './meant-state.ts'
import { memoryPath } from './memory-path.ts'
import { knownRun } from './memory-run.ts'
import { print, printJson, printTable } from './output.ts'
import { UsageError } from './usage-error.ts'

function fraction() {
  const message = 'must be a number from 0 to 1'
  return z
    .string()
    .regex(/^(\d+\.?\d*|\.\d+)$/, message)
    .transform(Number)
    .refine((value) => value <= 1, message)
}

export const memoryQuery = defineCommand({
  details: [
    'TEXT is a state as screens and reports show it, "[Attic][lamp, rope][north, take]", or some words of one.',
    'Instead of it, --episode and --turn ask what would be recalled in a state that is remembered.',
  ].join('\n'),
  schema: z.object({
    path: memoryPath,
    text: z.string().optional().meta({ operand: 'TEXT', description: 'A state' }),
    run: z.string().optional().meta({ value: 'NAME', description: 'The run of --episode, where there are several' }),
    episode: wholeNumber(1).optional().meta({ value: 'E', description: 'The episode whose state is meant' }),
    turn: wholeNumber(1).optional().meta({ value: 'T', description: 'The turn of it, as its command was chosen' }),
    k: wholeNumber(1).prefault('10').meta({ value: 'K', description: 'How many steps are recalled at most' }),
    threshold: fraction().prefault('.2').meta({ value: 'X', description: 'Least similarity, 0 to 1' }),
    gamma: fraction().prefault('.95').meta({ value: 'X', description: 'Discount of the returns, 0 to 1' }),
    perEpisode: wholeNumber(1).optional().meta({ value: 'C', description: 'At most so many steps of one episode' }),
    decay: fraction().prefault('1').meta({ value: 'X', description: 'Weights fall by this factor with every episode' }),
    json,
  }),
  run({ path, text, run, episode, turn, k, threshold, gamma, perEpisode = Infinity, decay, json }) {
    const store = openExperienceStore(path, { readonly: true })
    try {
      const asked = askedState(store, { text, run, episode, turn })
      const neighbours = store.recall(asked.tokens, { k, threshold, gamma, perEpisode, decay })
      const situation = asked.situation ?? neighbours[0]?.state.situation ?? null
      const transitions = situation === null ? [] : store.transitions(situation)
      if (json) printJson({ ...asked, neighbours, situation, transitions })
      else {
        print(`States by ${asked.encoders.join(' and ')}.${asked.remembered ? ` ${whereFrom(asked.remembered)}` : ''}`)
        show(neighbours, situation, transitions)
      }
      return 0
    } finally {
      store.close()
    }
  },
})

interface Asked {
  readonly text: string | undefined
  readonly run: string | undefined
  readonly episode: number | undefined
  readonly turn: number | undefined
}

function askedState(store: MemoryFile, { text, run, episode, turn }: Asked) {
  if (text !== undefined) {
    if (run !== undefined || episode !== undefined || turn !== undefined)
      throw new UsageError('TEXT is a state; --run, --episode and --turn name another: give one of them.')
    return meantState(store, text)
  }
  if (episode === undefined || turn === undefined)
    throw new UsageError('Which state? Give TEXT, or --episode E and --turn T.')
  const { tokens, situation } = stateAt(store, run, episode, turn)
  return { encoders: encodersOf(store.vocabulary()), tokens, situation, remembered: null }
}

function stateAt(store: MemoryFile, run: string | undefined, episode: number, turn: number): StateRecord {
  const found = Array.from(store.episodes(knownRun(store, run))).filter((record) => record.episode === episode)
  const [record] = found
  if (record === undefined) throw new UsageError(`There is no episode ${episode} remembered.`)
  if (found.length > 1)
    throw new UsageError(`Several runs have an episode ${episode}: ${names(found)}: choose by --run.`)
  const state = record.steps[turn - 1]?.state
  if (state !== undefined) return state
  throw new UsageError(`Episode ${episode} has the turns 1 to ${record.steps.length}.`)
}

function names(episodes: readonly EpisodeRecord[]): string {
  return episodes.map(({ run }) => run).join(', ')
}

function whereFrom({ run, episode, turn, key }: NonNullable<ReturnType<typeof meantState>['remembered']>): string {
  return `What was asked for is most like ${plainLine(key)}, of episode ${episode} turn ${turn} (${plainLine(run)}).`
}

function show(
  neighbours: ReturnType<MemoryFile['recall']>,
  situation: string | null,
  transitions: ReturnType<MemoryFile['transitions']>,
): void {
  if (neighbours.length === 0) print('Nothing like it is remembered: lower --threshold to see what is less similar.')
  else
    printTable([
      ['similarity', 'weight', 'return', 'reward', 'command', 'episode', 'turn', 'run', 'state'],
      ...neighbours.map(({ similarity, weight, return: total, reward, action, episode, turn, run, state }) => [
        ...[similarity, weight, total, reward].map((value) => String(Number(value.toFixed(3)))),
        plainLine(action),
        ...[episode, turn].map(String),
        plainLine(run),
        plainLine(state.key),
      ]),
    ])
  if (situation === null) return
  print('')
  print(`What was done in ${plainLine(situation)}:`)
  printTable([
    ['command', 'visits', 'mean reward', 'led to', 'last seen'],
    ...transitions.map(({ action, visits, reward, next, terminated, victory, latest }) => [
      plainLine(action),
      String(visits),
      String(Number((reward / visits).toFixed(3))),
      terminated ? (victory ? 'victory' : 'the end') : plainLine(next),
      latest
        .map(({ episode, turn }) => `episode ${episode} turn ${turn}`)
        .slice(0, 1)
        .join(''),
    ]),
  ])
}
