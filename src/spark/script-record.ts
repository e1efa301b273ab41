import { join } from 'node:path';
import type { TrialFiles } from '../model/trial/job.js';
import type { ScriptRecord } from '../model/trial/script-record.js';

/** The launcher's file with what a script asked for, and what it was given. */
export const scriptRecordName = 'asked.json';

export function scriptRecordFile({
  directory,
  driver,
}: Pick<TrialFiles, 'directory' | 'driver'>): string {
  return join(driver ?? directory, scriptRecordName);
}

/** Parses the launcher's record of a script; undefined if there is none, as for the shipped job. */
export function parseScriptRecord(text: string): ScriptRecord | undefined {
  if (text === '') return undefined; // as for most trials, and an error costs its stack
  try {
    const record = JSON.parse(text) as Partial<ScriptRecord> | null;
    const { settings = [], children = [], raised = null, endedEarly = false } = record ?? {};
    const of = record?.of === 'jar' ? ({ of: 'jar' } as const) : {};
    return { ...of, settings, children, raised, endedEarly };
  } catch {
    return undefined;
  }
}
