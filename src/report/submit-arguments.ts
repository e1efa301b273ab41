import { knobsOfScope, type Assignment } from '../model/knob.js';

/** The arguments for `spark-submit` that stand for a configuration's spark.* knobs. */
export function submitArguments(knobs: Assignment): string {
  const pairs = [...knobsOfScope(knobs, 'spark')];
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
