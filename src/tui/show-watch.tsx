import type { RunEvent } from '../../harness/index.ts'
import { type PrintOptions, printRun } from './print-run.ts'
import { type Outcome, type ScreenOptions, type Shown, showRun } from './show-run.tsx'
import { TurnGate, turns, type WatchedRun } from './turn-gate.ts'
