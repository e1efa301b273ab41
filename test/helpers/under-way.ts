import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../src/process/wait-until.js';
import { readJournal } from '../../src/store/journal.js';

/** A trial of a real run that has reported its first batch, with the process groups of its run. */
interface UnderWay {
  readonly run: string;
  readonly trial: string;
  readonly job: number;
  /** 0 where somebody else runs it. */
  readonly broker: number;
}

/** Waits until the trial that is started as the `count`-th of a run, second tries included, reports batches. */
export async function underWay(results: string, count: number): Promise<UnderWay> {
  const { signal } = new AbortController();
  return await waitUntil({
    what: `trial ${String(count)} reports a batch`,
    timeoutMs: 180_000,
    signal,
    check: async () => {
      const [name] = readdirOrNone(results);
      if (name === undefined) return undefined;
      const run = join(results, name);
      const events = (await readJournal(run)).map(({ event }) => event);
      const started = events.filter((event) => event.kind === 'trial-started');
      const trial = started[count - 1]?.trial;
      if (trial === undefined || started.length > count) return undefined;
      const begun = events.findLastIndex((event) => event.kind === 'trial-started');
      const lastStart = (what: 'job' | 'broker', among: typeof events) =>
        among.findLast((event) => event.kind === 'process-started' && event.what === what);
      const job = lastStart('job', events.slice(begun));
      const broker = lastStart('broker', events);
      if (job?.kind !== 'process-started') return undefined;
      const brokerPid = broker?.kind === 'process-started' ? broker.process.pid : 0;
      const progress = join(run, 'trials', trial, 'progress.ndjson');
      if (!textOrNone(progress).includes('"progress"')) return undefined;
      return { run, trial, job: job.process.pid, broker: brokerPid };
    },
  });
}

function readdirOrNone(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOrNone(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
