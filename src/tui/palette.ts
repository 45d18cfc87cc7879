import { createContext } from 'react'

/** Few colours, by the terminal's own names so that its theme decides; every one repeats what a sign already says. */
export interface Palette {
  readonly command: { readonly color?: string }
  readonly gain: { readonly color?: string }
  readonly loss: { readonly color?: string }
}

const coloured: Palette = { command: { color: 'cyan' }, gain: { color: 'green' }, loss: { color: 'red' } }
const uncoloured: Palette = { command: {}, gain: {}, loss: {} }

/** https://no-color.org: any value but the empty one asks for none. */
export function paletteOf({ NO_COLOR }: NodeJS.ProcessEnv): Palette {
  return NO_COLOR ? uncoloured : coloured
}

export const PaletteContext = createContext(coloured)
