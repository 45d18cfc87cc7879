import { describe, expect, test } from 'vitest'
import { readKeys } from '../../../src/tui/read-keys.ts'

describe('what arrives from a terminal', () => {
  test.each([
    ['+n ', ['+', 'n', ' ']],
    ['\u0003\u001a', ['ctrl+c', 'ctrl+z']],
    ['\u001b[A\u001b[A\u001bOB', ['up', 'up', 'down']],
    ['\u001b[5~\u001b[6~', ['pageup', 'pagedown']],
    ['\u001b[H\u001b[4~\u001b[3~', ['home', 'end', 'delete']],
    ['a\u007f\b\t\r', ['a', 'backspace', 'backspace', 'tab', 'return']],
    ['go north\r\n', ['g', 'o', ' ', 'n', 'o', 'r', 't', 'h', 'return']],
    ['é迷👩\u200d🚀', ['é', '迷', '👩\u200d🚀']],
    ['\u001b[1;5C', ['right']],
    ['\u001bx', ['escape', 'x']],
    ['\u001b[15~\u001b[<0;1;1Mq', ['q']],
    ['\u0000\u001c', []],
  ])('%j is the keys %j', (text, keys) => {
    expect(readKeys(text)).toEqual({ keys, rest: '' })
  })

  test.each(['\u001b', '\u001b[', '\u001b[1;', '\u001bO'])('%j may go on', (rest) => {
    expect(readKeys(`x${rest}`)).toEqual({ keys: ['x'], rest })
  })
})
