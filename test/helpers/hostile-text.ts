import type { RandomSource } from '../../src/model/seeded-random.js';

/** What breaks reports: marks of Markdown, HTML, CSV and terminals, and characters that are wide or invisible. */
const pieces = [
  ...['`', '``', '|', '\\', '\\|', '||', '*', '**', '_', '__', '~~', '#', '> ', '- ', '1. ', '$x$'],
  ...['<script>alert(1)</script>', '<!--', '-->', '<b', '</td>', '&lt;', '&#60;', '<', '>'],
  ...['](javascript:alert(1))', '[a](b)', '![x](y)', '[', ']', '(', ')', '<http://x>', '{{x}}'],
  ...[
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '=',
    '-',
    '"',
    '""',
    "'",
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
  ],
  ...[
    '\u001b[31m',
    '\u001b]0;title\u0007',
    '\u009b2J',
    '\u0000',
    '\u0008',
    '\u007f',
    '\u202e',
    '\u2028',
  ],
  ...[
    '分区',
    '１６',
    'é',
    'e\u0301',
    '👍🏽',
    '𝒳',
    'a',
    'Z',
    '7',
    ' ',
    '  ',
    '.',
    'spark.sql',
    'x'.repeat(70),
  ],
];

/** A random text of up to a dozen such pieces. */
export function hostileText(random: RandomSource): string {
  return Array.from(
    { length: 1 + random.below(12) },
    () => pieces[random.below(pieces.length)] ?? '',
  ).join('');
}
