import type { ProgressSource } from '../model/trial/job.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';
import { followLines } from './follow-lines.js';
import { parseProgressLine } from './parse-progress.js';

/** The file that the listener in `spark-jobs/` appends to, one event per line. */
export const listenerFile: ProgressSource = {
  read: async function* ({ progress }, done) {
    for await (const line of followLines(progress, done)) {
      const event = parseProgressLine(line);
      if (event !== undefined) yield event;
    }
  },
};

/** Parses the events of a complete file; torn lines are skipped. */
export function parseProgressText(text: string): ProgressEvent[] {
  return text
    .split('\n')
    .map(parseProgressLine)
    .filter((event) => event !== undefined);
}
