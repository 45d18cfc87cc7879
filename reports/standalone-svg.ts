import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { CHART_STYLE, LIGHT, SANS } from './chart-style.ts'

const PADDING = 12

/**
 * A drawing as a file of its own, on its light ground: style and colours in it, for programs that know no custom
 * properties, and nothing outside it. Throws `RangeError` for what is no drawing with a viewBox.
 */
export function standaloneSvg(drawing: ReactElement): string {
  const markup = renderToStaticMarkup(drawing)
  const [, before = '', box, after = ''] = /^<svg([^>]*) viewBox="0 0 ([\d.]+ [\d.]+)"([^>]*)>/.exec(markup) ?? []
  if (box === undefined) throw new RangeError('A drawing is one <svg> whose viewBox starts at 0 0.')
  const [width, height] = box.split(' ').map((size) => Number(size) + 2 * PADDING) as [number, number]
  const viewBox = `${-PADDING} ${-PADDING} ${width} ${height}`
  const attributes = `${before}${after}`.replace(/ (width|height)="[^"]*"/g, '')
  const ground = `<rect x="${-PADDING}" y="${-PADDING}" width="${width}" height="${height}" fill="var(--ground)"/>`
  const open = `<svg xmlns="http://www.w3.org/2000/svg" fill="var(--ink)"${attributes} viewBox="${viewBox}" width="${width}" height="${height}">`
  const body = markup.slice(markup.indexOf('>') + 1)
  return `${resolved(`${open}<style>${CHART_STYLE}</style>${ground}${body}`)}\n`
}

function resolved(markup: string): string {
  return markup.replace(/var\(--([\w-]+)\)/g, (whole, name: string) =>
    name === 'sans' ? SANS : (LIGHT[name] ?? whole),
  )
}
