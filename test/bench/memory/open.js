// Opens the memory whose path is given and says how long it took and how much memory the process took at most.
import process from 'node:process'
import { openExperienceStore } from '../../../dist/memory/index.js'

const start = performance.now()
const memory = openExperienceStore(process.argv[2], { readonly: true })
const ms = performance.now() - start
memory.close()
process.send({ ms, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }, () => process.disconnect())
