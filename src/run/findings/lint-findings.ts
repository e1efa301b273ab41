import { InvalidSource } from '../../config/checked-source.js';
import { exitCodes } from '../../model/error-catalogue.js';
import type { Finding, Position } from '../../model/finding.js';
import { HarnessError } from '../../model/harness-error.js';
import { prepareRun } from '../prepare-run.js';
import type { ReadPlanOptions } from '../read-plan.js';

/**
 * All findings of an experiment, for programs: what keeps a file from being read as an experiment is a finding too.
 * Throws EXPERIMENT_UNREADABLE, USAGE, and what is not the file's fault.
 */
export async function lintFindings(given: string, options: ReadPlanOptions): Promise<Finding[]> {
  try {
    return [...(await prepareRun(given, options)).findings];
  } catch (error) {
    if (error instanceof InvalidSource) {
      return error.problems.map(({ message, position }) => invalid(message, position));
    }
    const isOfFile =
      error instanceof HarnessError &&
      error.exitCode === exitCodes.usage &&
      error.code !== 'USAGE' &&
      error.code !== 'EXPERIMENT_UNREADABLE';
    if (!isOfFile) throw error;
    return [invalid(error.message, { line: 1, column: 1 })];
  }
}

function invalid(what: string, position: Position): Finding {
  const about = { severity: 'error', rule: 'invalid', key: '', levels: [] } as const;
  return { ...about, what, why: '', instead: null, position };
}
