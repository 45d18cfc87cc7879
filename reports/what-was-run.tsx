import type { ReactElement } from 'react'
import { type Deviation, deviations, deviationText, type PolicyInfo } from '../harness/index.ts'
import { CommandText } from './command-text.tsx'
import { counted, listed, ranges } from './format.ts'
import { askedName } from './named-apart.ts'
import type { Protocol } from './protocol.ts'
import type { DigestedRun } from './run-digest.ts'

export interface WhatWasRunProps {
  readonly protocol: Protocol
  readonly runs: readonly DigestedRun[]
}

/** All that a reader needs to judge the numbers, and to make them again. */
export function WhatWasRun({ protocol, runs }: WhatWasRunProps): ReactElement {
  const { prior } = protocol
  const highest = protocol.maxScore === null ? 'names no highest score' : counted(protocol.maxScore, 'point')
  const made = unique(
    runs.map(({ provenance: { version, node, machine } }) => `grue ${version}, Node ${node}, ${machine}`),
  )
  const interventions = runs.flatMap(interventionsIn)
  const commands = unique(runs.map(({ provenance }) => provenance.command))
  return (
    <>
      <dl className="protocol">
        <dt>Story</dt>
        <dd>
          {protocol.title} ({protocol.story}), release {protocol.release}, {highest}
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <code>{protocol.sha256}</code>
        </dd>
        <dt>Length</dt>
        <dd>
          {counted(protocol.episodes, 'episode')} of at most {counted(protocol.stepLimit, 'step')}
          {protocol.finished < protocol.episodes && `, broken off after ${protocol.finished}`}
        </dd>
        <dt>Seeds</dt>
        <dd>
          {ranges(protocol.seeds)}; {gameSeeds(protocol)}
        </dd>
        <dt>Prior</dt>
        <dd>
          {prior.name}, scored by {prior.rung}; temperature {protocol.temperature}
        </dd>
        <dt>Handicaps</dt>
        <dd>
          {protocol.handicaps.length === 0
            ? 'none: nothing given beyond the text'
            : `given: ${listed(protocol.handicaps)}`}
        </dd>
        {interventions.length > 0 && (
          <>
            <dt>By a person</dt>
            <dd>{interventions.join('; ')}: not the policy’s doing alone</dd>
          </>
        )}
        <dt>Made by</dt>
        <dd>{made.join('; ')}</dd>
        <dt>{commands.length === 1 ? 'Command' : 'Commands'}</dt>
        <dd>
          {commands.map((command) => (
            <div key={command}>
              <CommandText line={command} />
            </div>
          ))}
        </dd>
      </dl>
      <dl className="parameters">
        {Object.entries(protocol.policies).map(([name, parameters]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Parameters
                parameters={parameters}
                deviations={deviations({ ...protocol, policy: { name: askedName(name), parameters } })}
              />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

interface ParametersProps {
  readonly parameters: PolicyInfo['parameters']
  readonly deviations: readonly Deviation[]
}

/** Every parameter, and behind them the deviations from the preset that are none of them, such as a temperature. */
function Parameters({ parameters, deviations }: ParametersProps): ReactElement {
  const entries = Object.entries(parameters)
  if (entries.length === 0) return <>no parameters</>
  return (
    <>
      {entries.map(([parameter, value]) => {
        const deviation = deviations.find(({ what }) => what === parameter)
        return (
          <code key={parameter} className={deviation && 'deviation'}>
            {parameter} = {String(value)}
            {deviation && ` (preset: ${String(deviation.usual)})`}
          </code>
        )
      })}
      {deviations
        .filter(({ what }) => !(what in parameters))
        .map((deviation) => (
          <code key={deviation.what} className="deviation">
            {deviationText(deviation)}
          </code>
        ))}
    </>
  )
}

function interventionsIn({ config, digest: { conduct } }: DigestedRun): readonly string[] {
  const { personSteps, policyChanges, steps } = conduct
  const done = [
    ...(personSteps > 0 ? [`${personSteps} of ${counted(steps, 'command')}`] : []),
    ...(policyChanges > 0 ? [counted(policyChanges, 'change of policy', 'changes of policy')] : []),
  ]
  return done.length === 0 ? [] : [`${config.policy.name}, seed ${config.seed}: ${listed(done)}`]
}

function gameSeeds({ gameSeed }: Protocol): string {
  switch (gameSeed.type) {
    case 'fixed':
      return `the game’s own seed fixed at ${gameSeed.seed}`
    case 'story':
      return 'one game seed, the one that follows from the story file'
    case 'per-episode':
      return 'a game seed of its own for every episode'
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
