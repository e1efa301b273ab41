import type { ProgressSource } from '../model/trial/job.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';
import { followLines } from './follow-lines.js';
import { parseProgressLine } from './parse-progress.js';

/** The file that the listener in `spark-jobs/` appends to, one event a line. */
export const listenerFile: ProgressSource = {
  read: async function* ({ progress }, done) {
    for await (const line of followLines(progress, done)) {
      const event = parseProgressLine(line);
      if (event !== undefined) yield event;
    }
  },
};

/** The events in a file that is complete; torn lines are left out. */
export function parseProgressText(text: string): ProgressEvent[] {
  return text
    .split('\n')
    .map(parseProgressLine)
    .filter((event) => event !== undefined);
}
