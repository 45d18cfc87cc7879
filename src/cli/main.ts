#!/usr/bin/env node
import process from 'node:process'
import { runCommandLine } from './run-command-line.ts'

// React reads it when a screen is opened: its development build takes twice as long for a frame.
const { NODE_ENV = 'production' } = process.env
Object.assign(process.env, { NODE_ENV })

// Whoever reads stderr may go away as well; there is nobody to tell then.
process.stderr.on('error', () => {})

process.exitCode = await runCommandLine(process.argv.slice(2))
