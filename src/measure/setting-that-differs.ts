import { knobsOfScope, type Assignment } from '../model/knob.js';
import type { InvalidCause } from '../model/trial/outcome.js';

/**
 * The first Spark setting that the session ran with another value than the one asked for; undefined where all is as
 * asked. A job's own `.config()` beats `--conf`, so this does happen.
 */
export function settingThatDiffers(
  knobs: Assignment,
  effectiveConf: Readonly<Record<string, string>>,
): InvalidCause | undefined {
  for (const [key, asked] of knobsOfScope(knobs, 'spark')) {
    const effective = effectiveConf[key];
    if (effective !== undefined && effective !== asked) {
      return { kind: 'setting-differs', key, asked, effective };
    }
  }
  return undefined;
}
