import { CHART_STYLE, customProperties, DARK, LIGHT, SANS } from './chart-style.ts'

/** The page's whole style sheet. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  ${customProperties(LIGHT)}
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Georgia, serif;
  --sans: ${SANS};
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root { ${customProperties(DARK)} }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 17px/1.5 var(--serif); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; }
main { max-width: 808px; margin: 0 auto; padding: 56px 24px 72px; }
h1, h2, h3, p, pre, dl, figure, ul, table { margin: 0; padding: 0; }
h1, h2 { font-weight: 600; line-height: 1.15; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 38px; letter-spacing: -0.012em; }
h2 { font-size: 28px; }
.part { font: 600 21px/1.25 var(--serif); margin-bottom: 14px; }
h3.part { font-size: 18px; }
.word { display: inline-block; max-width: 100%; }
.soft { color: var(--soft); }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 2px; }
kbd { font: 600 13px/1.5 var(--mono); }
details { margin-top: 14px; }
summary { font: 14px/1.5 var(--sans); color: var(--soft); cursor: pointer; }
article + article, section + article { margin-top: 72px; padding-top: 40px; border-top: 1px solid var(--rule); }
section { margin-top: 52px; padding-top: 18px; border-top: 1px solid var(--rule); }
section > table + .note, .scroll + .scroll { margin-top: 20px; }
.note + .scroll, details + .scroll, .beside + .scroll { margin-top: 26px; }
.kicker { font: 13px/1.4 var(--sans); color: var(--soft); margin-bottom: 10px; }
.protocol-line { font: 14px/1.5 var(--sans); color: var(--soft); margin-top: 12px; overflow-wrap: anywhere; }
.finding { margin-top: 20px; text-wrap: pretty; overflow-wrap: anywhere; }
.finding + .finding { margin-top: 8px; }
code { font-family: var(--mono); font-size: 13px; line-height: 1.55; overflow-wrap: anywhere; }
header { margin-bottom: 28px; }
figure { margin-top: 32px; }
figcaption, .note { font: 13px/1.5 var(--sans); color: var(--soft); max-width: 88ch; overflow-wrap: anywhere; }
figcaption { margin-top: 8px; }
.note { margin-top: 10px; }
.chart { width: 100%; height: auto; overflow: visible; }
.narrow, .legend.narrow { display: none; }
.legend { display: flex; list-style: none; font: 14px/1.4 var(--sans); gap: 4px 18px; flex-wrap: wrap; margin-bottom: 10px; overflow-wrap: anywhere; }
.ceilings { list-style: none; font: 13px/1.5 var(--sans); color: var(--soft); margin-top: 6px; max-width: 88ch; }
.reliability { width: auto; max-width: 100%; flex: 0 1 340px; }
.beside { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: center; margin-top: 0; }
.beside figcaption { flex: 1 1 260px; margin-top: 0; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 20px 24px; }
.multiples figure { margin: 0; }
.multiples .legend { font-size: 12.5px; gap: 2px 12px; margin-top: 6px; }
.small { max-width: 300px; }
.profile { max-width: 440px; }
.map { display: block; max-width: none; }
.map-title { font: 600 14px/1.4 var(--sans); margin-bottom: 8px; }
.found { margin-top: 0; }
.interval { display: block; font-size: 11.5px; color: var(--soft); line-height: 1.2; }
.conduct th.number { white-space: normal; vertical-align: bottom; min-width: 5.2em; }
.lessons { padding-left: 1.4em; margin: 14px 0 0; font-size: 16px; }
.lessons > li { padding: 10px 0; border-bottom: 1px solid var(--rule); }
.lessons p { overflow-wrap: anywhere; }
.lessons .measure { font: 13.5px/1.5 var(--sans); font-variant-numeric: tabular-nums; }
.lessons details { margin-top: 2px; }
.lessons ul, .memories { list-style: none; font: 13.5px/1.5 var(--sans); }
.lessons ul li { padding: 4px 0 4px 12px; border-left: 2px solid var(--rule); margin-top: 6px; }
.lessons q { font-family: var(--serif); font-style: italic; }
.turns { margin-top: 4px; }
.picker { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; font: 14px/1.4 var(--sans); padding-bottom: 12px; border-bottom: 1px solid var(--rule); }
.picker select, .picker button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--rule); border-radius: 4px; padding: 4px 8px; min-width: 0; max-width: 100%; }
.picker label { display: inline-flex; gap: 8px; align-items: center; max-width: 100%; }
.turning { display: flex; flex: 1 1 300px; gap: 12px; align-items: center; }
.picker .slider { flex: 1; }
.slider input { flex: 1; min-width: 0; accent-color: var(--learner-0); }
.steps { display: inline-flex; gap: 8px; align-items: center; font-variant-numeric: tabular-nums; }
.steps button { min-width: 38px; min-height: 34px; font-size: 18px; line-height: 1; }
.where { font: 13px/1.5 var(--sans); color: var(--soft); margin-top: 12px; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; margin-top: 10px; max-width: 68ch; }
.choice { margin-top: 12px; padding-left: 12px; border-left: 3px solid var(--learner-0); font: 14px/1.6 var(--sans); overflow-wrap: anywhere; }
.choice kbd { font-size: 14px; }
.candidates { margin-top: 18px; }
.candidates th[scope=row] { font: 13px/1.4 var(--mono); white-space: normal; overflow-wrap: break-word; min-width: 9em; }
.mark { white-space: nowrap; font: 11px/1 var(--sans); background: var(--learner-0); color: var(--ground); border-radius: 8px; padding: 2px 7px; margin-left: 8px; }
.mark.quiet { background: none; color: var(--soft); border: 1px solid var(--soft); padding: 1px 6px; }
.bar { background: linear-gradient(to left, color-mix(in srgb, var(--learner-0) 24%, transparent) var(--share), transparent 0); }
.memories-title { font: 600 13px/1.4 var(--sans); margin-top: 14px; }
.memories li { padding: 3px 0; overflow-wrap: anywhere; }
.deviation { font-weight: 700; }
footer { margin-top: 52px; border-top: 1px solid var(--rule); }
.swatch { vertical-align: middle; margin-right: 4px; }
.scroll { overflow-x: auto; background: linear-gradient(90deg, var(--ground) 12px, transparent) 0 0 / 28px 100% no-repeat local, linear-gradient(-90deg, var(--ground) 12px, transparent) 100% 0 / 28px 100% no-repeat local, linear-gradient(90deg, var(--rule), transparent) 0 0 / 14px 100% no-repeat scroll, linear-gradient(-90deg, var(--rule), transparent) 100% 0 / 14px 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font: 14px/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: middle; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 400; color: var(--soft); border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 400; }
tbody { border-bottom: 1px solid var(--rule); }
.number + :not(.number) { padding-left: 14px; }
tbody th[rowspan] { vertical-align: top; }
th.policy, th.pair { font-weight: 600; }
th.pair { white-space: normal; overflow-wrap: break-word; max-width: 16em; }
th.policy { white-space: nowrap; }
.name { display: inline-block; max-width: 15em; white-space: normal; overflow-wrap: break-word; vertical-align: middle; }
.number { text-align: right; }
.plot { padding-block: 2px; }
.plot svg { display: block; }
.differences th.pair { padding-top: 12px; padding-bottom: 2px; }
.versus { font-weight: 400; color: var(--soft); }
.besides { display: block; white-space: normal; font-size: 12.5px; }
.excluded { font-weight: 600; }
.included { color: var(--soft); }
.protocol + .parameters { margin-top: 20px; border-top: 1px solid var(--rule); }
.parameters div { padding: 8px 0; border-bottom: 1px solid var(--rule); display: grid; grid-template-columns: 150px 1fr; gap: 4px 16px; }
.parameters dt { font: 600 14px/1.5 var(--sans); overflow-wrap: anywhere; }
.parameters dd { margin: 0; display: flex; flex-wrap: wrap; gap: 0 20px; font: 14px/1.5 var(--sans); color: var(--soft); overflow-wrap: anywhere; }
.parameters code { color: var(--ink); }
.protocol { display: grid; grid-template-columns: 150px 1fr; gap: 6px 16px; font: 14px/1.5 var(--sans); }
.protocol dt { color: var(--soft); }
.protocol dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
${CHART_STYLE}
@media screen and (max-width: 640px) {
  main { padding: 28px 16px 48px; }
  h1 { font-size: 29px; }
  .wide { display: none; }
  .narrow { display: block; }
  .legend.narrow { display: flex; }
  th, td { padding-right: 9px; }
  table { font-size: 13px; }
  .plot, th .swatch { display: none; }
  .parameters div, .protocol { grid-template-columns: 1fr; gap: 0; }
  .protocol dd { margin-bottom: 8px; }
}
@media print {
  html { font-size: 10.5pt; background: none; }
  main { max-width: none; padding: 0; }
  figure, tr, .finding, .lessons > li { break-inside: avoid; }
  .map { max-width: 100%; height: auto; }
  .picker button, .slider { display: none; }
  details::details-content { content-visibility: visible; }
  .part { break-after: avoid; }
  .scroll { overflow: visible; background: none; }
  .band, .curve, .shade, .bar, .mark, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
