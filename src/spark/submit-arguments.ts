import { knobsOfScope, type Assignment } from '../model/knob.js';
import { referencesIn } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';

/**
 * The arguments for `spark-submit` that stand for a configuration's spark.* knobs; those with a password are left out,
 * as everybody on the machine can read the arguments of a process.
 */
export function submitArguments(knobs: Assignment): string {
  const pairs = [...knobsOfScope(knobs, 'spark')].filter(
    ([, value]) => referencesIn(value).length === 0,
  );
  return pairs
    .map(([key, value]) =>
      key === 'spark.master'
        ? `--master ${shellWord(value)}`
        : `--conf ${shellWord(`${key}=${value}`)}`,
    )
    .join(' \\\n  ');
}
