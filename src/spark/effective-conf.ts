import { readFile } from 'node:fs/promises';
import { knobsOfScope, type Assignment } from '../model/knob.js';

type Settings = Readonly<Record<string, string>>;

/** The settings that the running session reported; null if it never got that far. */
export async function readEffectiveConf(file: string): Promise<Settings | null> {
  return (await readReport(file)).settings ?? null;
}

/** The id of the driver's JVM; undefined if the session never got that far. */
export async function readJvmPid(file: string): Promise<number | undefined> {
  return (await readReport(file)).jvmPid;
}

/** What the launcher wrote when the query started; nothing if it did not get that far. */
async function readReport(file: string): Promise<{ settings?: Settings; jvmPid?: number }> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as { settings?: Settings; jvmPid?: number };
  } catch {
    return {};
  }
}

/**
 * Where the session ran with another value than the one asked for, a sentence; undefined where all is as
 * asked. A job's own `.config()` beats `--conf`, so this does happen.
 */
export function confMismatch(knobs: Assignment, settings: Settings): string | undefined {
  for (const [key, asked] of knobsOfScope(knobs, 'spark')) {
    const effective = settings[key];
    if (effective !== undefined && effective !== asked) {
      return `${key} was asked to be ${asked}, but the session ran with ${effective}`;
    }
  }
  return undefined;
}
