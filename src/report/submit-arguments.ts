import { knobsOfScope, type Assignment } from '../model/knob.js';
import { referencesIn } from '../model/secret.js';

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
      key === 'spark.master' ? `--master ${quoted(value)}` : `--conf ${quoted(`${key}=${value}`)}`,
    )
    .join(' \\\n  ');
}

/** Quoted for a POSIX shell where needed, for people to paste. */
function quoted(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
