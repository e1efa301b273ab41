import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor, LaunchContext, OpenLaunch } from '../../model/trial/executor.js';
import type { Launch, Trial } from '../../model/trial/plan.js';
import { unfitRecordFile } from '../../spark/unfit-record.js';
import { UnfitScript } from './unfit-script.js';

interface ExecutorsByBlock {
  readonly submit: Executor;
  readonly session: Executor;
  readonly ofBlock: (block: number) => 'submit' | 'session';
  /** Whether a trial that finds that its script cannot share a driver runs by itself, as all later ones then do. */
  readonly fallBack: FallBack | undefined;
}

/** What a run has found out about its script; outlives the executors of one broker. */
export interface FallBack {
  isUnfit: boolean;
  readonly onUnfit: () => void;
}

/** Opens each launch by the executor of its block. */
export function executorByBlock(parts: ExecutorsByBlock): Executor {
  const { submit, session, ofBlock, fallBack } = parts;
  return {
    open: async (launch, context) => {
      const isShared = ofBlock(launch.trials[0]?.block ?? 0) === 'session';
      if (!isShared || fallBack?.isUnfit === true) return await submit.open(launch, context);
      const shared = await session.open(launch, context);
      return fallBack === undefined
        ? shared
        : withFallBack(shared, { submit, fallBack, launch, context });
    },
  };
}

/** A launch in a shared driver, and what opens it anew in processes of its own. */
interface Shared {
  readonly submit: Executor;
  readonly fallBack: FallBack;
  readonly launch: Launch;
  readonly context: LaunchContext;
}

/**
 * Runs trials in a shared driver until one cannot; that one starts again in a process of its own. Those that were to take turns
 * are run at the same time, but a process of its own has the machine to itself.
 */
function withFallBack(shared: OpenLaunch, parts: Shared): OpenLaunch {
  const { submit, fallBack, launch, context } = parts;
  let cold: Promise<OpenLaunch> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const runCold: OpenLaunch['run'] = async (trial, onEvent) => {
    const last = before;
    const run = async () => {
      await last.catch(() => undefined);
      cold ??= submit.open(launch, context);
      return await (await cold).run(trial, onEvent);
    };
    const running = run();
    before = running;
    return await running;
  };
  return {
    run: async (trial, onEvent) => {
      if (fallBack.isUnfit) return await runCold(trial, onEvent);
      try {
        return await shared.run(trial, onEvent);
      } catch (error) {
        if (!(error instanceof UnfitScript)) throw error;
        tellOnce(fallBack);
        await emptyFolder(context, trial);
        const evidence = await runCold(trial, onEvent);
        const { reasons: unfit } = error;
        const file = unfitRecordFile({ directory: context.directoryOf(trial) });
        await writeFile(file, `${JSON.stringify(unfit, null, 2)}\n`);
        return { ...evidence, unfit };
      }
    },
    [Symbol.asyncDispose]: async () => {
      await shared[Symbol.asyncDispose]();
      await (await cold)?.[Symbol.asyncDispose]();
    },
  };
}

/** Of trials that were to take turns, each finds it out. */
function tellOnce(fallBack: FallBack): void {
  if (fallBack.isUnfit) return;
  fallBack.isUnfit = true;
  fallBack.onUnfit();
}

/** What the first try has left, except the log of its driver. */
async function emptyFolder(context: LaunchContext, trial: Trial): Promise<void> {
  const folder = context.directoryOf(trial);
  const names = (await readdir(folder)).filter((name) => !/^driver-std(out|err)\.log$/.test(name));
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
