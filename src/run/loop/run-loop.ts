import { isBaselineFailed } from '../../analysis/baseline-failed.js';
import { judgeTrial } from '../../measure/judge-trial.js';
import { measuredQuery } from '../../measure/deciding-query.js';
import { measureEvidence } from '../../measure/measure-evidence.js';
import { endOf } from '../../model/run/deadline.js';
import { keptParts, type EndedTrial } from '../../model/trial/ended-trial.js';
import type { OpenLaunch } from '../../model/trial/executor.js';
import type { RunEnd } from '../../model/run/journal-event.js';
import { deservesRetry } from '../../model/trial/outcome.js';
import {
  isRetry,
  retryOf,
  trialsOf,
  type Block,
  type Launch,
  type Trial,
} from '../../model/trial/plan.js';
import { keepFigures } from '../../store/kept-figures.js';
import { createTrialFolder, trialFolder, writeOutcome } from '../../store/trial-folder.js';
import { sealEvidence } from '../../store/trial-evidence.js';
import { launchContext, type JournaledContext } from './launch-context.js';
import type { Loop } from './loop.js';
import { decidedLaunches } from '../replay.js';
import { reportBatches } from './report-batches.js';
import { createMeter, type Meter } from './meter.js';

/*
 *  strategy.next(history) ──> block ──> journal
 *    each launch: backend.executor.open ──> each trial: run ──> evidence ──> judgeTrial ──> journal ──> reports
 */

/**
 * Runs block after block until the strategy is done, time is up, the baseline fails, or the run is stopped. Trials that
 * ended earlier are not run again. A failed trial is a row like any other.
 */
export async function runLoop(loop: Loop): Promise<RunEnd> {
  const meter = createMeter(loop.record, loop.limits.times);
  for (let index = 0; ; index += 1) {
    const decided = loop.record.blocks[index];
    const block = decided ?? loop.strategy.next(loop.record);
    if (block === 'done') return loop.limits.signal.aborted ? 'interrupted' : 'complete';
    meter.enter(block, loop.record);
    if (!fits(meter, loop)) return 'out-of-time';
    if (decided === undefined) await noteBlock(block, loop);
    loop.observer.notify({
      kind: 'block-decided',
      block,
      fewer: isFewer(loop.record.blocks, index),
    });
    for (const launch of block.launches) {
      const end = await runLaunch(launch, loop, { meter, ...canaryPart(block) });
      if (end !== undefined) return end;
    }
  }
}

/** Runs the remaining trials of a launch: one after another, or all at once where they take turns. */
async function runLaunch(
  launch: Launch,
  loop: Loop,
  { meter, ...canary }: { readonly meter: Meter } & Pick<Block, 'canary'>,
): Promise<RunEnd | undefined> {
  const due = launch.trials.filter((trial) => !meter.wasOver(trial));
  if (due.length === 0) return undefined;
  const context = { ...launchContext(loop.folder, loop.limits.signal), ...canary };
  // All of it, so that what is left after a resume runs as the rest has run.
  await using open = await loop.backend.executor.open(launch, context);
  const parts = { loop, meter, open, context };
  const groups = loop.backend.takesTurns(launch) ? [due] : due.map((trial) => [trial]);
  for (const group of groups) {
    const ends = await allOrNone(
      group.map((trial, ahead) => runWithRetry(trial, parts, ahead)),
      context.stop,
    );
    const end = ends.find((one) => one !== undefined);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Waits for all. If one rejects, the others are stopped, and have ended before it is thrown. */
async function allOrNone<T>(
  running: readonly Promise<T>[],
  stop: (error: unknown) => void,
): Promise<T[]> {
  for (const one of running) one.catch(stop);
  await Promise.allSettled(running);
  return await Promise.all(running);
}

/** Runs a trial, with one retry for faults of the machine or the broker. `ahead`: how many begin before it, together. */
async function runWithRetry(
  trial: Trial,
  parts: TrialParts,
  ahead: number,
): Promise<RunEnd | undefined> {
  const { loop, meter } = parts;
  for (const attempt of [trial, retryOf(trial)]) {
    const stop = mustStop(loop, meter);
    if (stop !== undefined) return stop;
    const ended = meter.endedBefore(attempt) ?? (await runTrial(attempt, parts, ahead));
    if (!deservesRetry(ended.outcome)) break;
  }
  // Not after others: a resumed run goes on where the baseline had failed.
  const isControl = trial.configuration.role !== 'candidate';
  return isControl && isBaselineFailed(loop.record.trials) ? 'baseline-failed' : undefined;
}

interface TrialParts {
  readonly loop: Loop;
  readonly meter: Meter;
  readonly open: OpenLaunch;
  readonly context: JournaledContext;
}

/**
 * Runs one trial. Its start is journaled before anything else, and its judged end before it is reported; a trial
 * without a journaled end is run again after a crash.
 */
async function runTrial(trial: Trial, parts: TrialParts, ahead: number): Promise<EndedTrial> {
  const { loop, meter, open, context } = parts;
  const { folder, backend, observer } = loop;
  const spec = measuredQuery(loop.record.experiment);
  const { knobs } = trial.configuration;
  const position = meter.position(ahead);
  await folder.journal.append({ kind: 'trial-started', trial: trial.id });
  if (!isRetry(trial)) observer.notify({ kind: 'trial-started', trial, position });
  await createTrialFolder(folder.path, trial);
  const machineLoad = await backend.watch(trialFolder(folder.path, trial));
  const evidence = await open.run(trial, reportBatches(trial, position, observer));
  await context.settled();
  const machine = await machineLoad();
  const measurement = measureEvidence(evidence, knobs, spec);
  const given = { ...spec, knobs, evidence, machine, measurement };
  const outcome = judgeTrial({ ...given, earlier: loop.record.trials });
  const stored = {
    outcome,
    wallMs: evidence.wallMs,
    machine,
    offered: evidence.offered,
    ...(evidence.executors === undefined ? {} : { executors: evidence.executors }),
  };
  const sealed = { ...stored, evidence: await sealEvidence(folder.path, trial) };
  await folder.journal.append({ kind: 'trial-ended', trial: trial.id, ...sealed });
  await writeOutcome(folder.path, trial, {
    ...sealed,
    endedAt: new Date(backend.now()).toISOString(),
  });
  await keepFigures(folder.path, { trial, sealed, spec }, measurement);
  const ended = { trial, ...stored, measurement, ...keptParts(evidence) };
  loop.record = { ...loop.record, trials: [...loop.record.trials, ended] };
  meter.add(ended);
  await loop.report(loop.record);
  const { secondsLeft } = meter.position();
  observer.notify({ kind: 'trial-ended', ended, position: { ...position, secondsLeft } });
  return ended;
}

function canaryPart({ canary }: Block): Pick<Block, 'canary'> {
  return canary === undefined ? {} : { canary };
}

async function noteBlock(block: Block, loop: Loop): Promise<void> {
  const launches = decidedLaunches(block);
  if (block.canary === 'off' && loop.record.blocks.at(-1)?.canary !== 'off') {
    const text = `From block ${String(block.number)} on, the speed canary is left out: what it takes off the noise is not worth its time.`;
    loop.observer.notify({ kind: 'step', text });
  }
  await loop.folder.journal.append({
    ...{ kind: 'block-decided', block: block.number, launches },
    ...canaryPart(block),
  });
  loop.record = { ...loop.record, blocks: [...loop.record.blocks, block] };
}

/** Whether a block runs fewer configurations than the one before it. */
function isFewer(blocks: readonly Block[], index: number): boolean {
  const countIn = (place: number) => trialsOf({ blocks: blocks.slice(place, place + 1) }).length;
  return index > 0 && countIn(index) < countIn(index - 1);
}

/** Whether the rest of a block is expected to finish before the deadline. */
function fits(meter: Meter, { backend, limits }: Loop): boolean {
  const seconds = meter.secondsOfBlock();
  return (
    seconds === 0 || backend.now() + 1_000 * seconds <= endOf(limits.deadline, meter.clockSetMs())
  );
}

function mustStop({ backend, limits }: Loop, meter: Meter): RunEnd | undefined {
  if (limits.signal.aborted) return 'interrupted';
  return backend.now() > endOf(limits.deadline, meter.clockSetMs()) ? 'out-of-time' : undefined;
}
