import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assignment } from '../../src/model/knob.js';
import type { Verdict } from '../../src/model/run/comparison.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import type { Job } from '../../src/model/trial/job.js';

/** Milliseconds added to each batch of a configuration: an effect of known size. Spark ignores the key. */
export const plantedDelay = 'spark.streamtune.plantedDelayMs';

/**
 * The template's job with a known time added to each batch of a configuration that sets the delay. A delay of 0 also
 * goes through foreachBatch, so that the delay is the only difference.
 */
export function delayedJob(job: Job): Job {
  return {
    ...job,
    prepare: async (trial, files, input) => {
      const submission = await job.prepare(trial, files, input);
      const delay = delayOf(trial.configuration.knobs);
      if (delay === undefined) return submission;
      const file = join(files.directory, 'data_stream.py');
      await writeFile(file, withDelay(await readFile(file, 'utf8'), delay / 1_000));
      return submission;
    },
  };
}

/** Milliseconds, by the key of its own, or by the name `delay-60` of the Kafka client's rack; undefined for none. */
function delayOf(knobs: Assignment): number | undefined {
  const own = knobs[plantedDelay] ?? null;
  if (own !== null) return Number(own);
  const named = /^delay-(\d+)$/.exec(String(knobs['source.kafka.client.rack'] ?? ''));
  return named === null ? undefined : Number(named[1]);
}

/** The job with a sink that sleeps first; throws if it has none to change. */
export function withDelay(source: string, seconds: number): string {
  const sink = '.format("noop")';
  const start = 'def main() -> None:';
  if (!source.includes(sink) || !source.includes(start)) {
    throw new Error('the job has no sink noop, or no main, to plant a delay in');
  }
  const write = [
    'def write_late(batch, batch_id):',
    '    import time',
    '',
    `    time.sleep(${seconds.toFixed(3)})`,
    '    batch.write.format("noop").mode("overwrite").save()',
    '',
    '',
  ];
  // The sink goes first: the function that is put before main has one of its own.
  return source
    .replace(sink, '.foreachBatch(write_late)')
    .replace(start, `${write.join('\n')}${start}`);
}

/** What a delay of each batch does to the rows per second, as a ratio less 1, by how long a batch of the baseline takes. */
export function delayedBy(model: Pick<ReportModel, 'rows'>, delayMs: number): number {
  const batchMs = baselineBatchMs(model);
  return batchMs / (batchMs + delayMs) - 1;
}

/** The mean time of a batch of the baseline; NaN if none was measured. */
export function baselineBatchMs({ rows }: Pick<ReportModel, 'rows'>): number {
  const baseline = rows.find(({ configuration }) => configuration.role === 'baseline');
  return baseline?.meanPhaseMs['triggerExecution'] ?? NaN;
}

/** Whether the interval of a verdict holds this effect. */
export function holds({ estimate }: Verdict, effect: number): boolean {
  const interval = estimate?.interval ?? null;
  return interval !== null && interval.low <= effect && effect <= interval.high;
}
