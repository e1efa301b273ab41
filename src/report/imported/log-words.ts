import type { ImportedLog, LoggedQuery } from '../../model/log/imported-log.js';
import type { LogFile, LogKind, Skipped, SkipReason } from '../../model/log/log-file.js';
import { count, duration, megabytes, plural, warningText } from '../words/wording.js';

const kinds: Readonly<Record<LogKind, string>> = {
  'event-log': 'an event log of Spark',
  'driver-log': 'a log of a program such as the driver',
  'structured-log': "a log in Spark's JSON layout",
  'progress-lines': 'lines of progress in JSON',
  'json-lines': 'lines of JSON',
  text: 'a text',
  binary: 'binary data',
  empty: 'an empty file',
};

/** What a file seems to be: `an event log of Spark (zstd)`. */
export function kindText({ kind, packings }: Pick<LogFile, 'kind' | 'packings'>): string {
  return packings.length === 0 ? kinds[kind] : `${kinds[kind]} (${packings.join(', ')})`;
}

const reasons: Readonly<Record<SkipReason, (many: string) => string>> = {
  'torn-end': () => 'the last line is not whole',
  'no-json': (many) => `${many} of a query that are not JSON`,
  'no-progress': (many) => `${many} of progress without run, batch or time`,
  'cut-short': (many) => `${many} whose progress is cut short`,
  'foreign-lines': (many) =>
    `${many} of something else within a batch's progress, which still counts`,
  'too-long': (many) => `${many} of more than 16 MiB`,
  'binary-lines': (many) => `${many} with NUL characters`,
  'packed-torn': () => 'the compressed data ends within a block',
  'packed-damaged': () => 'the compressed data is damaged; nothing after that was read',
  'packed-bomb': () =>
    'the compressed data expands beyond all measure; nothing after that was read',
  'packed-unknown': () => 'it is packed in a way that streamtune does not unpack',
  'read-before': (many) => `${many} that another log had, too`,
  'not-kept': (many) => `${many}, the oldest, as memory has a limit`,
};

const nouns: Partial<Record<SkipReason, string>> = {
  'cut-short': 'message',
  'read-before': 'batch',
  'not-kept': 'batch',
};

/** One thing that was skipped, as a clause. */
export function skippedText({ reason, count: many, where }: Skipped): string {
  const noun = nouns[reason] ?? 'line';
  const amount = noun === 'batch' && many !== 1 ? `${count(many)} batches` : plural(many, noun);
  return `${reasons[reason](amount)}${where === '' ? '' : ` (${many > 1 ? 'first ' : ''}at ${where})`}`;
}

/** Everything that was skipped, a sentence for each file. */
export function skippedSentences({ files, leftOut }: ImportedLog): string[] {
  const perFile = files.flatMap(({ path, skipped }) =>
    skipped.length === 0 ? [] : [`Skipped in ${path}: ${skipped.map(skippedText).join('; ')}.`],
  );
  return leftOut.length === 0
    ? perFile
    : [...perFile, `Left out: ${leftOut.map(skippedText).join('; ')}.`];
}

/** `12 kB`, `3.4 MB`. */
export function byteSize(bytes: number): string {
  return bytes < 1e5 ? `${count(bytes / 1e3)} kB` : megabytes(bytes);
}

/** What was read, in one sentence. */
export function readSentence({ files, queries }: ImportedLog): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const batches = queries.reduce((sum, { measurement }) => sum + measurement.counts.batches, 0);
  const [only] = files;
  const what =
    files.length === 1 && only !== undefined ? kindText(only) : plural(files.length, 'file');
  const found = queries.length === 1 ? '1 query' : `${count(queries.length)} queries`;
  return `Read ${what}, ${byteSize(bytes)}, ${plural(lines, 'line')}: ${found}, ${batches === 1 ? '1 batch' : `${count(batches)} batches`}.`;
}

/** What one log cannot say. */
export const noVerdict =
  'One log is no experiment: it shows how this job ran, not what another setting would change. For verdicts, run the job in several configurations: streamtune run --help';

/** A query by its name and the beginning of its run's id. */
export function queryName({ name, runId }: Pick<LoggedQuery, 'name' | 'runId'>): string {
  const id = runId.slice(0, 8);
  return name === null ? id : `${name} (${id})`;
}

/** What must be known of a query's figures, a sentence each. */
export function querySentences(query: LoggedQuery): string[] {
  const { measurement, end, from, to } = query;
  const { counts, warnings } = measurement;
  const ended =
    end === null
      ? 'the log does not show its end'
      : end.exception === null
        ? 'it was stopped'
        : `it failed: ${end.exception.split('\n')[0] ?? ''}`;
  const few = counts.counted < 10 ? ', too few to rely on' : '';
  return [
    `${queryName(query)}: ${new Date(from).toISOString().slice(0, 19)} UTC, ${duration((to - from) / 1_000)}; ${ended}. ${count(counts.counted)} of its ${plural(counts.batches, 'progress event')} count${few}; ${count(counts.warmup)} are warm-up, ${count(counts.empty)} without rows.`,
    ...warnings
      .filter(({ kind }) => kind !== 'few-batches')
      .map((warning) => `  ${warningText(warning)}`),
    ...(measurement.rateLimited
      ? [
          '  its batches all have the same size and it waits between them: the limit decides, not the engine',
        ]
      : []),
  ];
}
