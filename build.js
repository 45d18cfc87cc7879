// What tsc leaves out of dist/: the built-in stories, the script of the report's page, and the mark that makes the
// program executable.
import { chmodSync, cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const stories = join('games', 'stories')
for (const name of readdirSync(stories)) cpSync(join(stories, name), join('dist', stories, name), { recursive: true })
cpSync(join('reports', 'browser'), join('dist', 'reports', 'browser'), { recursive: true })
chmodSync(join('dist', 'src', 'cli', 'main.js'), 0o755)
