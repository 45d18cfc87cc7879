import { Box, Text } from 'ink'
import { useContext } from 'react'
import { clip, left, right } from './columns.ts'
import { bar, decimal, percent } from './figures.ts'
import { captionOf, type Size } from './layout.ts'
import { PaletteContext } from './palette.ts'
import { columnsOf, markWidth, type TableColumns } from './table-columns.ts'
import { visibleRows } from './table-rows.ts'
import type { AdvantageTable as Table, TableRow } from './view-model.ts'
import { wordWrap } from './word-wrap.ts'

export const marks = { chosen: '▸', staticChoice: '○' }

/** What the policy knew and weighed at the last turn: one row a command, and below it what it recognised. */
export function AdvantageTable({ table, size }: { readonly table: Table | null; readonly size: Size }) {
  const columns = columnsOf(size.columns)
  const caption = captionOf(size.rows)
  const bodyRows = size.rows - 1 - caption.rows
  const { rows, hidden } = visibleRows(table?.rows ?? [], bodyRows)
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      <Text dimColor>{headerLine(columns)}</Text>
      <Box flexDirection="column" height={bodyRows}>
        {rows.map((row, rank) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two commands may look alike once they are safe to print
          <Row key={rank} row={row} columns={columns} />
        ))}
        {hidden.count > 0 && (
          <Text dimColor>
            {clip(
              `${' '.repeat(markWidth)}and ${hidden.count} more, ${percent(hidden.probability)} together`,
              size.columns,
            )}
          </Text>
        )}
      </Box>
      {caption.stateRows > 0 && <Text dimColor>{'─'.repeat(size.columns)}</Text>}
      <Caption table={table} columns={size.columns} stateRows={caption.stateRows} />
    </Box>
  )
}

function Row({ row, columns }: { readonly row: TableRow; readonly columns: TableColumns }) {
  const palette = useContext(PaletteContext)
  const mark = (row.chosen ? marks.chosen : ' ') + (row.staticChoice ? marks.staticChoice : ' ')
  const sign = row.advantage > 0 ? palette.gain : row.advantage < 0 ? palette.loss : {}
  return (
    <Text bold={row.chosen}>
      {mark}
      <Text {...(row.chosen ? palette.command : {})}>{left(row.command, columns.command)}</Text>
      {columns.numbers.map((column) => {
        const text = column.text(row)
        const quiet = !row.chosen && (text === '0' || text === '–')
        return (
          <Text key={column.header} dimColor={quiet} {...(column.header === 'A' ? sign : {})}>
            {` ${right(text, column.width)}`}
          </Text>
        )
      })}
      <Text {...(row.chosen ? palette.command : {})}>{` ${bar(row.probability, columns.bar)}`}</Text>
    </Text>
  )
}

function headerLine(columns: TableColumns): string {
  const numbers = columns.numbers.map((column) => ` ${right(column.header, column.width)}`)
  return ' '.repeat(markWidth) + left('command', columns.command) + numbers.join('')
}

function Caption(props: { readonly table: Table | null; readonly columns: number; readonly stateRows: number }) {
  const { table, columns, stateRows } = props
  if (!table) return <Text dimColor>{clip('The first command is yet to be chosen.', columns)}</Text>
  const state = wordWrap(table.state, columns)
  const cut = state.length > stateRows ? [clip(state.slice(stateRows - 1).join(' '), columns)] : []
  const shown = [...state.slice(0, stateRows - cut.length), ...cut]
  const flip = table.flippedFrom === null ? '' : `   flip: static chose ${table.flippedFrom}`
  const visits = table.rows.reduce((sum, row) => sum + row.visits, 0)
  const known = `${counted(visits, 'visit')}   ${counted(table.neighbours, 'neighbour')}`
  return (
    <Box flexDirection="column">
      {stateRows > 0 && <Text>{shown.join('\n')}</Text>}
      <Text>{clip(`V ${decimal(table.value, 9)}   ${known}${flip}`, columns)}</Text>
    </Box>
  )
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
