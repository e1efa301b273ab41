import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { analyseRun } from '../../analysis/analyse-run.js';
import { statusOf } from '../../analysis/run-status.js';
import { messageOf } from '../../model/harness-error.js';
import type { LiveView } from '../../model/live/live-view.js';
import { retryOf, trialsOf } from '../../model/trial/plan.js';
import { lockHolder } from '../../process/lock-file.js';
import { lockFileOf } from '../../store/run-folder.js';
import { readOpening, type RunOpening } from '../../store/run-opening.js';
import { trialFolder } from '../../store/trial-folder.js';
import { forecastOf } from '../prepare-run.js';
import { readReplayed, type KnownTrials } from '../stored/read-run.js';
import { followBatches, type FollowedTrial } from './follow-batches.js';
import { liveBlocks } from './live-blocks.js';
import { logTails } from './log-tails.js';

/** A run that is followed from outside, through its folder alone; it may be over. */
export interface WatchedRun extends AsyncDisposable {
  readonly folder: string;
  readonly opening: RunOpening;
  readonly view: () => LiveView;
  /** Reads what has been written by now. */
  readonly refresh: () => Promise<void>;
  /** Calls the function after each change, until the returned one is called. */
  readonly onChange: (listener: () => void) => () => void;
}

const lookEveryMs = 500;

/** A file may be read in the middle of its change; the second reading in a row that fails is told. */
const toldAfter = 2;

/**
 * Follows a run by its journal and by the progress file of the trial that is running; writes nothing. Throws what
 * reading the run throws. What goes wrong later is `problem` of the view.
 */
export async function watchRun(
  folder: string,
  now: () => number,
  everyMs = lookEveryMs,
): Promise<WatchedRun> {
  const opening = await readOpening(folder);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const reader = viewReader(folder, { opening, now, onBatch: changed });
  // Before the first reading: what is written meanwhile is read again.
  const seen = await stampOf(folder);
  let view = await reader.read();
  const over = new AbortController();
  const take = (next: LiveView | string) => {
    view = typeof next === 'string' ? { ...view, problem: next } : next;
    changed();
  };
  const looking = look(folder, {
    ...{ seen, read: reader.read, take, everyMs, signal: over.signal },
    isRunning: () => view.status.state === 'running',
  });
  return {
    ...{ folder, opening },
    view: () => withBatches(view, reader.trial()),
    refresh: async () => {
      take(await reader.read().catch(messageOf));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await looking;
      reader.trial()?.[Symbol.dispose]();
    },
  };
}

interface Reading {
  readonly opening: RunOpening;
  readonly now: () => number;
  readonly onBatch: () => void;
}

/** Reads a run again and again, measures each trial once, and follows the one that is running. */
function viewReader(folder: string, { opening, now, onBatch }: Reading) {
  const known: KnownTrials = new Map();
  let trial: FollowedTrial | undefined;
  return {
    trial: () => trial,
    read: async (): Promise<LiveView> => {
      const view = await readView(folder, opening, { known, now });
      const { current } = view;
      if (trial?.id === current?.trial.id) return view;
      trial?.[Symbol.dispose]();
      trial =
        current === null
          ? undefined
          : followBatches(
              { id: current.trial.id, folder: trialFolder(folder, current.trial) },
              onBatch,
            );
      return view;
    },
  };
}

interface Looking {
  /** The state of the journal at the first reading. */
  readonly seen: string;
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly read: () => Promise<LiveView>;
  readonly isRunning: () => boolean;
  /** Given what was read, or why it could not be. */
  readonly take: (view: LiveView | string) => void;
}

/** Reads the run again whenever its journal has grown or its process has ended. */
async function look(
  folder: string,
  { seen: first, everyMs, signal, read, isRunning, take }: Looking,
): Promise<void> {
  let seen = first;
  let failures = 0;
  for (;;) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const stamp = await stampOf(folder);
    const gone = isRunning() && (await lockHolder(lockFileOf(folder))) === undefined;
    if (stamp === seen && !gone && failures === 0) continue;
    try {
      take(await read());
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === toldAfter) take(messageOf(error));
    }
    seen = stamp;
  }
}

async function stampOf(folder: string): Promise<string> {
  const found = await stat(join(folder, 'journal.ndjson')).catch(() => undefined);
  return found === undefined ? '' : `${String(found.size)} ${String(found.mtimeMs)}`;
}

async function readView(
  folder: string,
  opening: RunOpening,
  { known, now }: { readonly known: KnownTrials; readonly now: () => number },
): Promise<LiveView> {
  const { run, journal } = await readReplayed(folder, opening, known);
  const { manifest, experiment, plan } = opening;
  const status = statusOf(run, {
    lastAt: journal?.lastAt,
    running: journal?.running ?? [],
    now: now(),
    times: forecastOf(plan, experiment, manifest.data.records).times,
  });
  const trial = trialsOf({ blocks: run.blocks })
    .flatMap((one) => [one, retryOf(one)])
    .find(({ id }) => id === status.current);
  return {
    status,
    logTails: await logTails(folder, status),
    model: analyseRun(run),
    blocks: liveBlocks(run, [status.current ?? [], status.alongside].flat()),
    current: trial === undefined ? null : { trial, batches: [], sparkUi: undefined },
    problem: null,
  };
}

function withBatches(view: LiveView, followed: FollowedTrial | undefined): LiveView {
  const { current } = view;
  if (current === null || followed?.id !== current.trial.id) return view;
  return {
    ...view,
    current: { ...current, batches: followed.batches, sparkUi: followed.sparkUi() },
  };
}
