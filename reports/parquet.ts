import type { BasicType } from 'hyparquet-writer'
import { writeInto } from './whole-file.ts'

/** The columns of a table of `Row`s: name, Parquet type, and the value of a row; null is an empty cell. */
export type Columns<Row> = readonly {
  readonly name: string
  readonly type: BasicType
  readonly of: (row: Row) => unknown
}[]

/** Writes row groups as they come, so that no more than one of them is held; the file appears whole or not at all. */
export async function writeParquet<Row>(
  path: string,
  columns: Columns<Row>,
  groups: AsyncIterable<readonly Row[]>,
): Promise<void> {
  const { fileWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  await writeInto(path, async (draft) => {
    const empty = columns.map(({ name, type }) => ({ name, type, data: [], nullable: true }))
    const schema = schemaFromColumnData({ columnData: empty })
    const writer = new ParquetWriter({ writer: fileWriter(draft), schema, createdBy: 'grue' })
    for await (const rows of groups) {
      if (rows.length === 0) continue
      const columnData = columns.map(({ name, type, of }) => ({ name, type, data: rows.map(of), nullable: true }))
      await writer.write({ columnData, rowGroupSize: rows.length })
    }
    await writer.finish()
  })
}
