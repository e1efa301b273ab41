import { wrapText } from '../../report/terminal/wrap-text.js';
import { displayWidth } from '../../report/terminal/display-width.js';

/** The examples in yargs' help text: their heading, then a line for each. */
const section = /^Examples:\n(?: .*\n?)+/m;

/** Whether an output of yargs is help with examples. */
export function hasExamples(help: string): boolean {
  return section.test(help);
}

/**
 * The help with each example's command on a line of its own where the columns are too few for both, so that it can be
 * copied; yargs breaks it. `wrapped` is yargs' text for this width, `unwrapped` the same for any.
 */
export function withWholeExamples(wrapped: string, unwrapped: string, columns: number): string {
  const [whole] = section.exec(unwrapped) ?? [];
  if (whole === undefined) return wrapped;
  const lines = whole.trimEnd().split('\n').slice(1);
  const fits = lines.every((line) => displayWidth(line.trimEnd()) <= columns);
  const shown = fits
    ? lines.map((line) => line.trimEnd())
    : lines.flatMap((line) => stacked(line, columns));
  return wrapped.replace(section, () => ['Examples:', ...shown, ''].join('\n'));
}

/** The command, and below it what it does. */
function stacked(line: string, columns: number): string[] {
  const [command = '', ...description] = line.trim().split(/ {2,}/);
  const margin = ' '.repeat(6);
  return [`  ${command}`, ...wrapText(`${margin}${description.join(' ')}`, columns, margin)];
}
