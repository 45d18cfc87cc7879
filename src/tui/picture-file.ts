import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { frameSvg } from './frame-svg.ts'
import type { Line } from './spans.ts'

/** Keeps pictures of the screen in a folder, each under a name of its own, and says where. */
export function pictureFile(folder: string) {
  return (lines: readonly Line[], columns: number): string => {
    let number = 1
    const path = () => join(folder, `screen-${number}.svg`)
    while (existsSync(path())) number += 1
    writeFileSync(path(), frameSvg(lines, columns))
    return path()
  }
}
