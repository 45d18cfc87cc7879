type Column = Int32Array | Float64Array | Uint8Array

/** A typed array that grows at its end. `values` is replaced when it does: never keep it across a `push`. */
export class GrowingArray<T extends Column> {
  values: T
  length = 0
  readonly #make: new (
    length: number,
  ) => T

  constructor(make: new (length: number) => T, capacity = 16) {
    this.#make = make
    this.values = new make(capacity)
  }

  /** Returns the new element's position. */
  push(value: number): number {
    if (this.length === this.values.length) {
      const larger = new this.#make(2 * this.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length] = value
    return this.length++
  }
}

/** Numbers from 32 bits. */
export function ints(capacity?: number): GrowingArray<Int32Array> {
  return new GrowingArray(Int32Array, capacity)
}
