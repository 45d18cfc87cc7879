/** Texts and the numbers they go by in the file, from 1 on. */
export class Words {
  readonly #texts: (string | undefined)[] = [undefined]
  readonly #ids = new Map<string, number>()

  /** The highest number. */
  get count(): number {
    return this.#texts.length - 1
  }

  add(id: number, text: string): void {
    this.#texts[id] = text
    this.#ids.set(text, id)
  }

  all(): readonly string[] {
    return [...this.#ids.keys()]
  }

  text(id: number): string | undefined {
    return this.#texts[id]
  }

  id(text: string): number | undefined {
    return this.#ids.get(text)
  }
}
