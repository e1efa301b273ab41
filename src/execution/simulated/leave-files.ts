import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CanaryReading } from '../../model/trial/canary.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import { parseProgressText } from '../../progress/listener-file.js';
import { progressLine } from './progress-line.js';

/** Writes the files a real trial would leave, and parses the events back the same way. */
export async function leaveFiles(
  directory: string,
  {
    events,
    isTorn,
    canary,
  }: {
    readonly events: readonly QueryProgress[];
    readonly isTorn: boolean;
    readonly canary: readonly CanaryReading[];
  },
): Promise<ProgressEvent[]> {
  const torn = isTorn ? ['{"at":1,"event":"progr'] : [];
  const text = [...events.map(progressLine), ...torn].join('\n');
  await writeFile(join(directory, 'progress.ndjson'), `${text}\n`);
  const readings = canary.map((reading) => JSON.stringify(reading)).join('\n');
  await writeFile(join(directory, 'canary.ndjson'), `${readings}\n`);
  return parseProgressText(text);
}
