import { join } from 'node:path';
import type { TrialFiles } from '../model/trial/job.js';
import type { SessionRecord } from '../model/session-record.js';

/** The file of a trial that shared its driver. */
export const sessionRecordName = 'session.json';

export function sessionRecordFile({ directory }: Pick<TrialFiles, 'directory'>): string {
  return join(directory, sessionRecordName);
}

/** Parses the record of a shared driver; undefined if there is none, as for a trial with a process of its own. */
export function parseSessionRecord(text: string): SessionRecord | undefined {
  try {
    return JSON.parse(text) as SessionRecord;
  } catch {
    return undefined;
  }
}
