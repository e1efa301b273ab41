import { HarnessError } from '../../model/harness-error.js';

/** The error for two options that each ask for a form of their own. */
export function twoFormats(one: string, other: string): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: `${one} and ${other} do not go together.`,
    hint: 'Choose one of them.',
  });
}
