/** Values that can be made again, kept for a while: when it is full, it starts anew. */
export class BoundedCache<Key, Value> {
  readonly #values = new Map<Key, Value>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: Key, make: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const value = make()
    if (this.#values.size >= this.#capacity) this.#values.clear()
    this.#values.set(key, value)
    return value
  }

  clear(): void {
    this.#values.clear()
  }
}
