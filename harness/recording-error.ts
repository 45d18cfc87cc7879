/** A run cannot be recorded, or its log, its memory and its story cannot be brought to agree. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
}
