import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { referencesIn } from '../../model/secret.js';
import { shellWord } from '../../model/shell-word.js';

/**
 * The `spark-submit` arguments for a configuration's spark.* knobs, without those that hold a password: every user of
 * the machine can read the arguments of a process.
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
