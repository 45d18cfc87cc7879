import { z } from 'zod'
import type { Asking, Reading } from './asking.ts'
import { type Completion, firstChoice, writtenText } from './completion.ts'
import { chatPrompt, type Scene } from './prompt.ts'
import { oneLine } from './quotation.ts'
import type { Rung } from './rung.ts'
import { UnusableAnswer } from './unusable-answer.ts'

/** Options of one question: more would make the answer long enough to go wrong. */
const optionsPerCall = 60
/** Room for a number per option, and for a model that thinks first. */
const answerTokens = 4000
/** What is said in whole points of a hundred is known to half of one: nothing is held to be impossible. */
const halfPoint = 0.5

const answer = z.record(z.string(), z.unknown())

/** 0 to 100 for each command, with a JSON schema that the server holds the model to. */
export const schemaConfidenceRung = confidenceRung('JSON schema', (count) => ({
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'confidences', strict: true, schema: confidenceSchema(count) },
  },
}))

/** The same for servers that refuse the schema: the prompt alone asks for the JSON. */
export const plainConfidenceRung = confidenceRung('JSON asked for', () => ({}))

function confidenceRung(how: string, form: (count: number) => Readonly<Record<string, unknown>>): Rung {
  return {
    name: 'confidences',
    title: `verbalized confidences (${how})`,
    async score(scene, asking) {
      const points: number[] = []
      for (let start = 0; start < scene.validActions.length; start += optionsPerCall) {
        const commands = scene.validActions.slice(start, start + optionsPerCall)
        points.push(...(await askForPoints(scene, commands, form(commands.length), asking)))
      }
      const total = points.reduce((sum, value) => sum + value + halfPoint, 0)
      return points.map((value) => Math.log((value + halfPoint) / total))
    },
  }
}

function askForPoints(
  scene: Scene,
  commands: readonly string[],
  form: Readonly<Record<string, unknown>>,
  asking: Asking,
): Promise<readonly number[]> {
  const messages = chatPrompt(scene, {
    task: 'Each command has a number. Say of every one, from 0 to 100, how sure you are that it best serves the rest of the game. Answer with one JSON object from the numbers of the commands to your confidences, like {"1": 70, "2": 5}, and nothing else.',
    options: commands.map((command, index) => `${index + 1}) ${oneLine(command)}`),
    question: 'Answer with the JSON object.',
  })
  const body = { messages, max_tokens: answerTokens, temperature: 0, ...form }
  return asking.ask({ path: '/chat/completions', body }, (completion) => readPoints(completion, commands.length))
}

/** A command that is left out has no points; a number that no command has is a stranger. */
function readPoints(completion: Completion, count: number): Reading<readonly number[]> {
  const given = readObject(writtenText(firstChoice(completion)))
  const expected = Array.from({ length: count }, (_, index) => String(index + 1))
  const points = expected.map((name) => pointsOf(given[name]))
  const missing = points.filter((value) => value === null).length
  if (missing === count) throw new UnusableAnswer('malformed', 'gave no confidence for any command')
  const strangers = Object.keys(given).filter((name) => !expected.includes(name)).length
  return { value: points.map((value) => value ?? 0), missing, strangers }
}

function pointsOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? Math.min(100, Math.max(0, number)) : null
}

/** The JSON object in a text, whatever fence or sentence stands around it. */
function readObject(text: string): z.output<typeof answer> {
  try {
    return answer.parse(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)))
  } catch {
    throw new UnusableAnswer('malformed', 'gave no JSON object')
  }
}

function confidenceSchema(count: number) {
  const names = Array.from({ length: count }, (_, index) => String(index + 1))
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'integer', minimum: 0, maximum: 100 }])),
    required: names,
    additionalProperties: false,
  }
}
