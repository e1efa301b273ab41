import { open } from 'node:fs/promises';
import type { ProgressSource, TrialFiles } from '../../model/trial/job.js';
import { parseProgressLine } from '../parse-progress.js';
import { eventTranslator } from './event-translator.js';
import { followEventLog } from './follow-event-log.js';

interface EventLogOptions {
  /** The folder that a trial's driver writes its event log into. */
  readonly folderOf: (files: TrialFiles) => string;
  /** Called with the settings of the session once a query has started, and again when more of them are known. */
  readonly onSettings: (
    files: TrialFiles,
    settings: Readonly<Record<string, string>>,
  ) => Promise<void>;
}

/**
 * Progress from Spark's event log, while it is written. What it says of queries also goes to the trial's file of
 * progress, in the form of the launcher's listener, for later: an event log is large, and goes with the trial.
 */
export function eventLogProgress({ folderOf, onSettings }: EventLogOptions): ProgressSource {
  return {
    read: async function* (files, done) {
      const translate = eventTranslator();
      await using kept = await open(files.progress, 'a');
      for await (const line of followEventLog(folderOf(files), done)) {
        const { events, settings } = translate(line);
        if (settings !== undefined) await onSettings(files, settings);
        for (const event of events) {
          const text = JSON.stringify(event);
          await kept.write(`${text}\n`);
          const parsed = parseProgressLine(text);
          if (parsed !== undefined) yield parsed;
        }
      }
    },
  };
}
