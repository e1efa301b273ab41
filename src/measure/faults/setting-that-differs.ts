import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { targetOf } from '../../model/target.js';
import type { InvalidCause } from '../../model/trial/outcome.js';

/**
 * Returns the first Spark setting whose value in the session was not the requested one; undefined if all match. This
 * happens: a job's own `.config()` overrides `--conf`.
 */
export function settingThatDiffers(
  knobs: Assignment,
  effectiveConf: Readonly<Record<string, string>>,
): Extract<InvalidCause, { kind: 'setting-differs' }> | undefined {
  const { deployMode } = targetOf(knobs);
  for (const [key, asked] of knobsOfScope(knobs, 'spark')) {
    if (ofSubmission[deployMode].includes(key)) continue;
    const effective = effectiveConf[key];
    if (effective !== undefined && !isAsAsked(key, asked, effective)) {
      return { kind: 'setting-differs', key, asked, effective };
    }
  }
  return undefined;
}

/** Spark's client of YARN empties these once it has heeded them; `spark-submit` drops the host for a driver elsewhere. */
const emptied = ['spark.yarn.jars', 'spark.yarn.archive'];
const ofSubmission = { client: emptied, cluster: [...emptied, 'spark.driver.host'] } as const;

/** Whether a setting has the value that was asked for: SparkContext puts options of its own before those of the user (its `supplementJava…Options` functions). */
export function isAsAsked(key: string, asked: string, effective: string): boolean {
  return effective === asked || (isJavaOptions(key) && effective.endsWith(` ${asked}`));
}

function isJavaOptions(key: string): boolean {
  return key === 'spark.driver.extraJavaOptions' || key === 'spark.executor.extraJavaOptions';
}
