import type { RandomSource } from '../../src/model/seeded-random.js';

/** What breaks parsers: numbers at their limits, brackets, quotes, escapes, aliases, and characters of many bytes. */
const pieces = [
  ...[
    '0',
    '-1',
    '1e999',
    'NaN',
    '99999999999999999999',
    '0.1',
    'null',
    'true',
    '~',
    '""',
    '[]',
    '{}',
  ],
  ...['{', '}', '[', ']', '"', "'", ':', ': ', ',', '#', '&a', '*a', '!!', '|', '>', '%', '@', '`'],
  ...[
    '\n',
    '\r\n',
    '\t',
    '\\',
    '\\u0000',
    '\u0000',
    '\uFFFD',
    'é',
    '𝒳',
    '${env:X}',
    '${file:/x}',
    '\n  - ',
  ],
];

/** The text with one to four small damages. */
export function mutate(text: string, random: RandomSource): string {
  let damaged = text;
  for (let left = 1 + random.below(4); left > 0; left -= 1) damaged = damageOnce(damaged, random);
  return damaged;
}

function damageOnce(text: string, random: RandomSource): string {
  const at = random.below(text.length + 1);
  const length = 1 + random.below(random.below(8) === 0 ? 200 : 8);
  const piece = pieces[random.below(pieces.length)] ?? '';
  switch (random.below(6)) {
    case 0: // something is missing
      return text.slice(0, at) + text.slice(at + length);
    case 1: // something is there twice
      return text.slice(0, at + length) + text.slice(at);
    case 2: // something else stands there
      return text.slice(0, at) + piece + text.slice(at + length);
    case 3: // something more
      return text.slice(0, at) + piece + text.slice(at);
    case 4: // a bit has flipped
      return (
        text.slice(0, at) +
        String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(7))) +
        text.slice(at + 1)
      );
    default: // a line, or all of it, is very long
      return text.slice(0, at) + piece.repeat(1 + random.below(3_000)) + text.slice(at);
  }
}
