import type { ReactElement } from 'react'

/** A command line, broken between words alone: a browser would break after any hyphen of an option. */
export function CommandText({ line }: { readonly line: string }): ReactElement {
  return (
    <code>
      {line.split(' ').flatMap((word, index) => [
        index > 0 && ' ',
        // biome-ignore lint/suspicious/noArrayIndexKey: words repeat and never move
        <span key={index} className="word">
          {word}
        </span>,
      ])}
    </code>
  )
}
