import { HarnessError } from '../../model/harness-error.js';
import type { LogFile } from '../../model/log/log-file.js';
import { kindText, skippedText } from '../../report/imported/log-words.js';

/** The error for logs without a single batch: what they seem to be, and what would have logged one. */
export function withoutProgress(files: readonly LogFile[]): HarnessError {
  const seen = files.slice(0, 5).map((file) => {
    const skipped = file.skipped.map(skippedText).join('; ');
    return `${file.path} ${whatText(file)}${skipped === '' ? '' : `: ${skipped}`}`;
  });
  return new HarnessError({
    code: 'LOG_WITHOUT_PROGRESS',
    message: `No batch of a streaming query found. ${seen.join('\n')}.`,
    hint: hintFor(files),
  });
}

/** What a file seems to be; of one whose packing is damaged nobody knows. */
function whatText(file: LogFile): string {
  const isUnknown = file.batches === 0 && file.lines === 0 && file.packings.length > 0;
  return isUnknown && file.skipped.length > 0
    ? `is packed (${file.packings.join(', ')})`
    : `seems to be ${kindText(file)}`;
}

function hintFor(files: readonly LogFile[]): string {
  const kinds = files.map(({ kind }) => kind);
  const reasons = files.flatMap(({ skipped }) => skipped.map(({ reason }) => reason));
  if (reasons.includes('packed-unknown')) return 'Unpack it first, and import what comes out.';
  if (reasons.includes('packed-damaged')) return 'Take another copy of it: this one is damaged.';
  if (kinds.includes('event-log')) {
    return 'Either the application ran no streaming query, or none of its batches ended before the log did.';
  }
  if (kinds.some((kind) => kind === 'driver-log' || kind === 'structured-log')) {
    return 'The driver logs each batch if its level is INFO for org.apache.spark.sql.execution.streaming (log4j2.properties, or spark.sparkContext.setLogLevel("INFO")); or set spark.eventLog.enabled=true and import the event log.';
  }
  return 'Import a driver log at level INFO, an event log (spark.eventLog.enabled=true), or a file with one progress in JSON on each line (json.dumps(query.lastProgress)).';
}
