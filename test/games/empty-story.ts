interface EmptyStory {
  readonly version?: number
  readonly release?: number
  readonly serial?: string
  readonly length?: number
  readonly dictionary?: number
  readonly objects?: number
  readonly globals?: number
}

/** A story that is a sound header and zeros: dynamic memory up to byte 128, everything else behind it. */
export function emptyStory(story: EmptyStory): Uint8Array {
  const { version = 5, release = 1, serial = '000000', length = 256 } = story
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  const unit = version <= 3 ? 2 : version <= 5 ? 4 : 8
  view.setUint8(0, version)
  view.setUint16(0x02, release)
  view.setUint16(0x06, 160)
  view.setUint16(0x08, story.dictionary ?? 140)
  view.setUint16(0x0a, story.objects ?? 64)
  view.setUint16(0x0c, story.globals ?? 100)
  view.setUint16(0x0e, 128)
  for (const [i, character] of [...serial].entries()) view.setUint8(0x12 + i, character.charCodeAt(0))
  view.setUint16(0x1a, length / unit)
  return bytes
}

/** One chunk, wrapped as a Blorb with a resource index of nothing before it. */
export function inBlorb(type: string, content: Uint8Array): Uint8Array {
  const index = chunk('RIdx', new Uint8Array(5))
  const body = Uint8Array.of(...ascii('IFRS'), ...index, ...chunk(type, content))
  return chunk('FORM', body)
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + content.length + (content.length % 2))
  bytes.set(ascii(type))
  new DataView(bytes.buffer).setUint32(4, content.length)
  bytes.set(content, 8)
  return bytes
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
