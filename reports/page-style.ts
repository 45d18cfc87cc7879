/**
 * The page's whole style sheet. Colours of the series: Okabe and Ito, Color Universal Design (2008), lightened or
 * darkened where they would be too faint on their ground.
 */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fdfdfb; --panel: #f4f3ee; --ink: #1d1d1b; --soft: #5f5e59; --rule: #dddbd3; --grid: #eae8e1;
  --static: #1d1d1b; --random: #74726b;
  --learner-0: #0072b2; --learner-1: #d55e00; --learner-2: #00875f; --learner-3: #b0578d; --learner-4: #a87000; --learner-5: #3a97cf;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #171716; --panel: #21211f; --ink: #ecebe6; --soft: #a5a39b; --rule: #3b3a36; --grid: #2a2927;
    --static: #ecebe6; --random: #8f8d85;
    --learner-0: #56b4e9; --learner-1: #f08a3c; --learner-2: #2fbf94; --learner-3: #e29bc4; --learner-4: #e8b33f; --learner-5: #8c9cf0;
  }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 17px/1.5 var(--serif); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; }
main { max-width: 808px; margin: 0 auto; padding: 56px 24px 72px; }
h1, h2, h3, p, pre, dl, figure, ul, table { margin: 0; padding: 0; }
h1, h2 { font-weight: 600; line-height: 1.15; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 38px; letter-spacing: -0.012em; }
h2 { font-size: 28px; }
.part { font: 600 14px/1.3 var(--sans); margin-bottom: 10px; }
.command { display: block; }
article + article { margin-top: 72px; padding-top: 40px; border-top: 1px solid var(--rule); }
section { margin-top: 44px; }
.kicker { font: 13px/1.4 var(--sans); color: var(--soft); margin-bottom: 10px; }
.protocol-line { font: 14px/1.5 var(--sans); color: var(--soft); margin-top: 12px; overflow-wrap: anywhere; }
.finding { margin-top: 20px; text-wrap: pretty; overflow-wrap: anywhere; }
.finding + .finding { margin-top: 8px; }
.word { display: inline-block; max-width: 100%; }
pre, code { font-family: var(--mono); font-size: 13px; line-height: 1.55; }
pre { background: var(--panel); border-radius: 4px; padding: 10px 14px; margin-top: 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
header { margin-bottom: 28px; }
figure { margin-top: 32px; }
figcaption, .note { font: 13px/1.5 var(--sans); color: var(--soft); max-width: 88ch; overflow-wrap: anywhere; }
figcaption { margin-top: 8px; }
.note { margin-top: 10px; }
.chart { width: 100%; height: auto; overflow: visible; font: 13px var(--sans); }
.narrow { display: none; }
.legend { list-style: none; font: 14px/1.4 var(--sans); gap: 4px 18px; flex-wrap: wrap; margin-bottom: 10px; overflow-wrap: anywhere; }
.tick text, .axis-title { fill: var(--soft); font-variant-numeric: tabular-nums; }
.axis { stroke: var(--soft); }
.grid { stroke: var(--grid); }
.band { fill-opacity: 0.13; }
.curve, .raw, .spark, .leader { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.curve { stroke-width: 2.25; }
.raw { stroke-width: 1; stroke-opacity: 0.45; }
.spark { stroke-width: 1.25; }
.leader { stroke-opacity: 0.5; }
.label { font-weight: 600; }
.swatch { vertical-align: middle; margin-right: 4px; }
.whisker { stroke: var(--ink); stroke-width: 2; stroke-linecap: round; }
.estimate { fill: var(--ink); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: 14px/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: middle; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 400; color: var(--soft); border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 400; }
tbody { border-bottom: 1px solid var(--rule); }
.number + :not(.number) { padding-left: 14px; }
tbody th[rowspan] { vertical-align: top; }
th.policy, th.pair { font-weight: 600; white-space: normal; overflow-wrap: anywhere; min-width: 9em; }
.number { text-align: right; }
.plot { padding-block: 2px; }
.plot svg { display: block; }
.differences th.pair { padding-top: 12px; padding-bottom: 2px; }
.versus { font-weight: 400; color: var(--soft); }
.excluded { font-weight: 600; }
.included { color: var(--soft); }
.parameters div { padding: 8px 0; border-bottom: 1px solid var(--rule); display: grid; grid-template-columns: 150px 1fr; gap: 4px 16px; }
.parameters dt { font: 600 14px/1.5 var(--sans); overflow-wrap: anywhere; }
.parameters dd { margin: 0; display: flex; flex-wrap: wrap; gap: 0 20px; font: 14px/1.5 var(--sans); color: var(--soft); overflow-wrap: anywhere; }
.parameters code { color: var(--ink); }
.protocol { display: grid; grid-template-columns: 150px 1fr; gap: 6px 16px; font: 14px/1.5 var(--sans); }
.protocol dt { color: var(--soft); }
.protocol dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
@media screen and (max-width: 640px) {
  main { padding: 28px 16px 48px; }
  h1 { font-size: 29px; }
  .wide { display: none; }
  .narrow { display: block; }
  .legend.narrow { display: flex; }
  th, td { padding-right: 9px; }
  table { font-size: 13px; }
  th.policy { min-width: 0; }
  .plot, .seeds, th .swatch { display: none; }
  .parameters div, .protocol { grid-template-columns: 1fr; gap: 0; }
  .protocol dd { margin-bottom: 8px; }
}
@media print {
  html { font-size: 10.5pt; background: none; }
  main { max-width: none; padding: 0; }
  figure, tr, .finding, pre { break-inside: avoid; }
  .part { break-after: avoid; }
  .scroll { overflow: visible; }
  .band, .curve { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
