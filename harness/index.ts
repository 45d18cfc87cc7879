export { ChangeablePolicy } from './changeable-policy.ts'
export { compassStep, parseCommand } from './command-words.ts'
export type * from './contracts.ts'
export {
  asksNoPrior,
  createPolicy,
  needsModel,
  overridesOf,
  type PolicyDeps,
  PolicyNeedsError,
  parametersOf,
  plannedPolicy,
  policyNames,
} from './create-policy.ts'
export { type Standing, standingAfter } from './darkness.ts'
export { type Deviation, deviations, deviationText, temperatureOf } from './deviations.ts'
export { type EpisodeDeps, type EpisodeOptions, type Interventions, playEpisode } from './episode.ts'
export type * from './events.ts'
export { type ForkPoint, forkRecording } from './fork-recording.ts'
export { frozen } from './frozen-policy.ts'
export { estimatorNames, type Overrides } from './jitrl-parameters.ts'
export { LexicalPrior } from './lexical-prior.ts'
export { makeFolders } from './make-folders.ts'
export { openMemoryBefore } from './memory-before.ts'
export { MeteredPrior } from './metered-prior.ts'
export { modelCallsOf } from './model-calls.ts'
export type { Asker } from './models/model-client.ts'
export { ModelError } from './models/model-error.ts'
export { type ModelSettings, type OpenedModel, openModel } from './models/open-model.ts'
export { type RungName, rungNames } from './models/rung.ts'
export { drawsFromModel, ServerDecodedPolicy } from './models/server-decoded-policy.ts'
export {
  BudgetError,
  costOf,
  inDollars,
  type ModelLimits,
  noLimits,
  noTokens,
  type Prices,
  type Tokens,
} from './models/spending.ts'
export { isPolicyFile, loadPolicyFile, type PolicyFileDeps, PolicyFileError, refusePolicyFile } from './policy-file.ts'
export { defaultPreset, presets } from './presets.ts'
export {
  headerFile,
  logFile,
  type Provenance,
  type RecordedEpisode,
  type RecordedRun,
  RecordedRunError,
  readRecordedRun,
  readRunHeader,
} from './recorded-run.ts'
export { type RecordedTurn, recordedTurns } from './recorded-turns.ts'
export { Recorder, type RecorderOptions, RunMismatchError } from './recorder.ts'
export { RecordingError } from './recording-error.ts'
export { rewardNames } from './reward-names.ts'
export type { Player } from './rivals/given-policy.ts'
export { keepsNotes } from './rivals/rival-policies.ts'
export { randomStream } from './rng.ts'
export { type RunDeps, runEpisodes } from './run.ts'
export { configDifferences, runName, settingsDigest } from './run-config.ts'
export { type EncoderName, encoderNames, encodersOf, encodeState, encodingOf, placeOf } from './state-encoder.ts'
export { UnknownPolicyError } from './unknown-policy.ts'
export { type Verification, verifyRun } from './verify.ts'
export { wholeMemory } from './whole-memory.ts'
