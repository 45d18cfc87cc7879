import { Text } from 'ink'

/** The rows of a frame, one below the other, each as what stands for it: see `PaintedRows`. */
export function Screen({ rows }: { readonly rows: readonly string[] }) {
  return <Text>{rows.join('\n')}</Text>
}
