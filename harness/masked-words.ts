/** Numbers, clocks and counters as one sign, or no state would ever recur. */
export function masked(text: string): string {
  return text.replace(/\d+(?:[:.]\d+)*/g, '#')
}

/** The words of a phrase, whatever stands around them: those with punctuation attached are words as well. */
export function words(phrase: string): readonly string[] {
  return phrase.toLowerCase().match(/[\p{L}\p{N}#]+/gu) ?? []
}

const numbers = new Set(
  [
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen',
    'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand',
    'first second third fourth fifth sixth seventh eighth ninth tenth',
  ].flatMap((line) => line.split(' ')),
)

/** The words of what a story says, numbers masked however they are written: `9:05 pm`, `21st` and `twenty-one` are `#`. */
export function wordsSaid(text: string): readonly string[] {
  const said = words(masked(text).replace(/#(?:\s*[ap]\.?m\b\.?|st\b|nd\b|rd\b|th\b)/giu, '#'))
  const hidden = said.map((word) => (numbers.has(word) ? '#' : word))
  return hidden.filter((word, at) => word !== '#' || hidden[at - 1] !== '#')
}
