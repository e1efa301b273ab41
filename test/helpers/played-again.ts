import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock } from '../../src/process/lock-file.js';
import { brokenOffRun, journalLines } from './broken-off-run.js';

/** A run that goes on as this test says, in a folder of its own. */
export interface PlayedAgain extends AsyncDisposable {
  readonly folder: string;
  /** Takes so many further steps of the journal, with what the trials leave. */
  readonly advance: (steps: number) => void;
  /** Takes all steps that are left, and lets go of the folder. */
  readonly finish: () => Promise<void>;
  /** Adds so many lines of progress to the trial that is running. */
  readonly report: (lines: number) => void;
}

/** Plays a complete run again into a folder, which this process holds as a run does; `steps` are done at once. */
export async function playedAgain(whole: string, to: string, steps: number): Promise<PlayedAgain> {
  brokenOffRun(whole, to, steps);
  const all = journalLines(whole);
  const journal = join(to, 'journal.ndjson');
  let done = steps;
  let reported = 0;
  writeFileSync(
    journal,
    all
      .slice(0, steps)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const { signal } = new AbortController();
  const lock = await acquireLock({ file: join(to, 'run.lock'), timeoutMs: 5_000, signal });
  const progress = (folder: string, trial: string) =>
    join(folder, 'trials', trial, 'progress.ndjson');
  const running = startedIn(all.slice(0, steps));
  if (running !== undefined) writeFileSync(progress(to, running), '');
  const advance = (count: number) => {
    for (const line of all.slice(done, done + count)) {
      const [trial] = trialsOf(line, 'trial-(?:started|ended)');
      if (trial !== undefined) {
        cpSync(join(whole, 'trials', trial), join(to, 'trials', trial), { recursive: true });
        if (line.includes('"trial-started"')) {
          rmSync(join(to, 'trials', trial, 'outcome.json'));
          writeFileSync(progress(to, trial), '');
          reported = 0;
        }
      }
      appendFileSync(journal, `${line}\n`);
      done += 1;
    }
  };
  return {
    folder: to,
    advance,
    finish: async () => {
      advance(all.length - done);
      await lock[Symbol.asyncDispose]();
    },
    report: (lines) => {
      const trial = startedIn(all.slice(0, done)) ?? '';
      const text = readFileSync(progress(whole, trial), 'utf8').split('\n');
      const part = text.slice(reported, reported + lines);
      appendFileSync(progress(to, trial), part.map((line) => `${line}\n`).join(''));
      reported += lines;
    },
    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
  };
}

/** The number of steps after which the trial that is the `count`-th to start is running. */
export function stepsTo(whole: string, count: number): number {
  let started = 0;
  return (
    1 +
    journalLines(whole).findIndex((line) => {
      if (line.includes('"trial-started"')) started += 1;
      return started === count;
    })
  );
}

function startedIn(lines: readonly string[]): string | undefined {
  const last = lines.findLast((line) => /"trial-(started|ended)"/.test(line)) ?? '';
  return trialsOf(last, 'trial-started')[0];
}

function trialsOf(line: string, kind: string): string[] {
  const found = new RegExp(`"${kind}","trial":"([^"]+)"`).exec(line)?.[1];
  return found === undefined ? [] : [found];
}
