/**
 * Colours of the series: Okabe and Ito, Color Universal Design (2008), lightened or darkened where they would be too
 * faint on their ground.
 */
export const LIGHT: Readonly<Record<string, string>> = {
  ground: '#fdfdfb',
  panel: '#f4f3ee',
  ink: '#1d1d1b',
  soft: '#5f5e59',
  rule: '#dddbd3',
  grid: '#eae8e1',
  static: '#1d1d1b',
  random: '#74726b',
  'learner-0': '#0072b2',
  'learner-1': '#d55e00',
  'learner-2': '#00875f',
  'learner-3': '#b0578d',
  'learner-4': '#a87000',
  'learner-5': '#3a97cf',
}

export const DARK: typeof LIGHT = {
  ground: '#171716',
  panel: '#21211f',
  ink: '#ecebe6',
  soft: '#a5a39b',
  rule: '#3b3a36',
  grid: '#2a2927',
  static: '#ecebe6',
  random: '#8f8d85',
  'learner-0': '#56b4e9',
  'learner-1': '#f08a3c',
  'learner-2': '#2fbf94',
  'learner-3': '#e29bc4',
  'learner-4': '#e8b33f',
  'learner-5': '#8c9cf0',
}

export const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

/** What every drawing needs, in the page as in a file of its own. Colours are custom properties. */
export const CHART_STYLE = `
.chart { font: 13px var(--sans); }
.map { font: 12px var(--sans); }
.tick text, .axis-title { fill: var(--soft); font-variant-numeric: tabular-nums; }
.axis { stroke: var(--soft); }
.grid { stroke: var(--grid); }
.band { fill-opacity: 0.13; }
.curve, .raw, .spark, .leader { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.curve { stroke-width: 2.25; }
.spread { stroke-width: 5; stroke-opacity: 0.35; }
.raw { stroke-width: 1; stroke-opacity: 0.45; }
.spark { stroke-width: 1.25; }
.leader { stroke-opacity: 0.5; }
.label { font-weight: 600; }
.ceiling line { stroke: var(--soft); stroke-dasharray: 5 4; }
.ceiling text { fill: var(--soft); font-size: 12px; }
.ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
.bin { fill: var(--learner-0); fill-opacity: 0.75; }
.way path { stroke: var(--soft); stroke-width: 1.5; fill: none; }
.way .head { fill: var(--soft); stroke: none; }
.way.odd path:first-of-type { stroke-dasharray: 3 3; }
.floor { fill: var(--ground); }
.room .shade { stroke-width: 1; stroke-opacity: 0.6; }
.room.start .shade { stroke-width: 3; stroke-opacity: 1; }
.room text { fill: var(--ink); }
.badge rect { fill: var(--ink); }
.badge text { fill: var(--ground); font-weight: 600; font-size: 11px; }
.badge.lost rect { fill: var(--ground); stroke: var(--ink); }
.badge.lost text { fill: var(--ink); }
.whisker { stroke: var(--ink); stroke-width: 2; stroke-linecap: round; }
.estimate { fill: var(--ink); }
`

/** `--ink: #1d1d1b; ...` */
export function customProperties(colours: typeof LIGHT): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ')
}
