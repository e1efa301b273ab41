import { join } from 'node:path';
import type { TrialFiles } from '../model/trial/job.js';

/** The file of a trial that found out that its script cannot share a driver. */
export const unfitRecordName = 'session-unfit.json';

export function unfitRecordFile({ directory }: Pick<TrialFiles, 'directory'>): string {
  return join(directory, unfitRecordName);
}

/** Parses why a script's trials run by themselves, a text each; undefined if the trial found nothing of the kind. */
export function parseUnfitRecord(text: string): readonly string[] | undefined {
  if (text === '') return undefined; // as for most trials, and an error costs its stack
  try {
    return JSON.parse(text) as readonly string[];
  } catch {
    return undefined;
  }
}
