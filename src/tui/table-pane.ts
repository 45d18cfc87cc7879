import { type AdvantageTable, type TableRow, tableOf, visibleRows } from './advantage-rows.ts'
import { clip, left, oneLine, type Part, right } from './columns.ts'
import { bar, counted, decimal, percent, signedBar } from './figures.ts'
import { captionOf, type Size } from './layout.ts'
import { bold, dim, filled, fitted, type Line, line, type Span, type Style, span, widthOf } from './spans.ts'
import { columnsOf, markWidth, type TableColumns } from './table-columns.ts'
import type { Answers, ViewModel } from './view-model.ts'
import { wordWrap } from './word-wrap.ts'

export const marks = { chosen: '▸', staticChoice: '○', remembered: '◆' }

/** What the policy knew and weighed at the last turn: one row a command, and below it what it recognised. */
export function tablePane(
  view: Pick<ViewModel, 'decision' | 'flippedFrom' | 'answers' | 'turn'>,
  size: Size,
  selected: number | null,
  why: readonly Line[],
): readonly Line[] {
  const table = view.decision && tableOf(view.decision)
  const columns = columnsOf(size.columns)
  const caption = captionOf(size.rows)
  const free = size.rows - 1 - caption.rows
  // Half the pane, but two rows are the table's: the selected command and what is hidden.
  const mostWhyRows = Math.max(2, Math.min(Math.floor(size.rows / 2), free - 2))
  const whyRows = why.length === 0 ? 0 : Math.min(why.length + 1, mostWhyRows)
  const bodyRows = free - whyRows
  const { rows, hidden } = visibleRows(table?.rows ?? [], bodyRows, selected)
  const body = rows.map(({ row, rank }) => rowLine(row, table?.span ?? 0, columns, rank === selected))
  const more = `${' '.repeat(markWidth)}and ${hidden.count} more, ${percent(hidden.probability)} together`
  return [
    fitted(line(headerText(columns), dim), size.columns),
    ...filled(hidden.count > 0 ? [...body, line(clip(more, size.columns), dim)] : body, bodyRows),
    ...(whyRows > 0 ? [line('╌'.repeat(size.columns), dim), ...filled(why, whyRows - 1)] : []),
    ...(caption.stateRows > 0 ? [line('─'.repeat(size.columns), dim)] : []),
    ...captionLines(table, view, size.columns, caption.stateRows),
  ]
}

function rowLine(row: TableRow, scale: number, columns: TableColumns, selected: boolean): Line {
  const marking =
    (row.chosen ? marks.chosen : ' ') +
    (row.staticChoice ? marks.staticChoice : ' ') +
    (row.remembered ? marks.remembered : ' ')
  const weight: Style = row.chosen ? bold : {}
  const command: Style = row.chosen ? { bold: true, colour: 'cyan' } : {}
  return [
    span(marking, command),
    span(left(row.command, columns.command), selected ? { ...command, inverse: true } : command),
    ...columns.figures.map((column): Span => {
      if (column.type === 'signed bar') {
        const share = scale === 0 ? 0 : row.advantage / scale
        return span(` ${signedBar(share, column.width)}`, signStyle(row.advantage))
      }
      const text = column.text(row)
      const quiet = !row.chosen && (text === '0' || text === '–')
      const sign = column.header === 'A' ? signStyle(row.advantage) : {}
      return span(` ${right(text, column.width)}`, quiet ? dim : { ...weight, ...sign })
    }),
    span(` ${left(bar(row.probability, columns.bar), columns.bar)}`, command),
  ]
}

function signStyle(value: number): Style {
  if (value === 0) return dim
  return { colour: value > 0 ? 'green' : 'red' }
}

function headerText(columns: TableColumns): string {
  const figures = columns.figures.map(({ type, header, width }) =>
    type === 'number'
      ? ` ${right(header, width)}`
      : ` ${left(' '.repeat(Math.max(0, Math.ceil((width - header.length) / 2))) + header, width)}`,
  )
  return ' '.repeat(markWidth) + left('command', columns.command) + figures.join('')
}

function captionLines(
  table: AdvantageTable | null,
  { flippedFrom, answers, turn }: Pick<ViewModel, 'flippedFrom' | 'answers' | 'turn'>,
  columns: number,
  stateRows: number,
): readonly Line[] {
  if (!table) return filled([line(clip('The first command is yet to be chosen.', columns), dim)], stateRows + 1)
  const asked = answers?.turn === turn && stateRows > 1 ? [fitted(answerSpans(answers), columns)] : []
  const rows = stateRows - asked.length
  const state = wordWrap(table.state, columns)
  const cut = state.length > rows ? [clip(state.slice(rows - 1).join(' '), columns)] : []
  const shown = [...state.slice(0, rows - cut.length), ...cut].slice(0, rows)
  const visits = table.rows.reduce((sum, row) => sum + row.visits, 0)
  const flip =
    flippedFrom === null ? [] : [span('   flip', { colour: 'yellow' }), span(`: static chose ${flippedFrom}`)]
  const known: readonly Part[] = [
    { text: `V ${decimal(table.value, 9)}`, drop: 0 },
    { text: counted(visits, 'visit'), drop: 1 },
    { text: counted(table.neighbours, 'neighbour'), drop: 2 },
  ]
  return [
    ...filled([...shown.map((text) => line(text)), ...asked], stateRows),
    fitted([span(oneLine(known, Math.max(11, columns - widthOf(flip)), '   ')), ...flip], columns),
  ]
}

/** How far the model's answers could be used at this turn. */
function answerSpans({ labelMass, disagreement, faults }: Answers): Line {
  const parts = [
    ...(labelMass === null ? [] : [`${percent(labelMass)} on options`]),
    ...(disagreement === null ? [] : [`orders differ ${percent(disagreement)}`]),
  ]
  const useless = faults.length === 0 ? [] : [span(` of no use: ${faults.join(', ')}`, { colour: 'red' })]
  return [span('model ', dim), span(parts.join(', ')), ...useless]
}
