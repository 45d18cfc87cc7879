/** Whether whoever reads the output has seen enough (`| head`), which is no failure. */
export function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE'
}

export function unwritable({ code }: NodeJS.ErrnoException): string {
  return `the result cannot be written (${code}): send it elsewhere.`
}
