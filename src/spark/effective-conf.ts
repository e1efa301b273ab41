import { readFile } from 'node:fs/promises';
import { knobsOfScope, type Assignment } from '../model/knob.js';

type Settings = Readonly<Record<string, string>>;

/** The settings that the running session reported; null if it never got that far. */
export async function readEffectiveConf(file: string): Promise<Settings | null> {
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as { settings?: Settings };
    return report.settings ?? null;
  } catch {
    return null;
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
