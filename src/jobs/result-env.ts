import type { MeasurementSpec } from '../model/experiment.js';
import type { TrialFiles, TrialInput } from '../model/trial/job.js';
import { queryResultsFile } from '../spark/query-results.js';

/** What decides whether the outputs of trials can be compared. */
export type ResultMeasurement = Pick<MeasurementSpec, 'mode' | 'windowSeconds' | 'result'>;

/** Whether each trial reads the same records to their end, and the experiment leaves its output to be compared. */
function isResultComparable({ mode, windowSeconds, result }: ResultMeasurement): boolean {
  return mode === 'drain' && windowSeconds === undefined && result === undefined;
}

/** Has the launcher read back what the queries of a trial wrote; empty where nothing could be compared. */
export function resultEnv(
  files: TrialFiles,
  { outputTopic }: Pick<TrialInput, 'outputTopic'>,
  measurement: ResultMeasurement,
): Record<string, string> {
  if (!isResultComparable(measurement)) return {};
  return {
    STREAMTUNE_RESULT_FILE: queryResultsFile(files),
    STREAMTUNE_RESULT_TOPIC: outputTopic,
  };
}
