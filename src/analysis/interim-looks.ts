import type { Verdict } from '../model/run/comparison.js';
import { cellOf, trialsOf, type Trial } from '../model/trial/plan.js';
import type { TrialHistory } from '../model/run/run-record.js';
import { judgeRun } from './judge-run.js';
import { endedCells, indexTrials } from './trial-index.js';

/** The results of a run's interim looks so far. */
export interface InterimLooks {
  /** Blocks up to which the run is judged: the looks reached so far, or Infinity for a fixed number of blocks. */
  readonly reached: readonly number[];
  /** The configurations that a look has decided, with the block of that look; they do not run in later blocks. */
  readonly decided: ReadonlyMap<string, number>;
}

/** A pure function of the record, so that a resumed run, a report and the run itself agree. */
export function interimLooksOf(run: TrialHistory): InterimLooks {
  const { interimLooks } = run.experiment.stopping;
  if (interimLooks.length <= 1) return { reached: [Infinity], decided: new Map() };
  const decided = new Map<string, number>();
  const reached: number[] = [];
  for (const look of interimLooks) {
    if (!hasEnded(run, look, decided)) break;
    reached.push(look);
    const seen = { ...run, trials: run.trials.filter(({ trial }) => trial.block <= look) };
    for (const [id, judgement] of judgeRun(indexTrials(seen, reached))) {
      if (id === 'aa' || decided.has(id)) continue;
      if (isDecided(judgement[decisiveAspect(run)])) decided.set(id, look);
    }
  }
  return { reached, decided };
}

/** Whether a trial can be skipped: its configuration is decided, or all of them are. */
export function isSkipped(
  { block, configuration }: Trial,
  decided: ReadonlyMap<string, number>,
  candidates: readonly string[],
): boolean {
  const skipsAll =
    candidates.length > 0 && candidates.every((id) => (decided.get(id) ?? block) < block);
  return skipsAll || (decided.get(configuration.id) ?? block) < block;
}

/** The configurations under test: those that run and are not controls. */
export function candidatesOf({ plan }: Pick<TrialHistory, 'plan'>): string[] {
  return plan.configurations
    .filter((one) => one.role === 'candidate' && one.inert === undefined)
    .map(({ id }) => id);
}

/** The planned trials that are not skipped, given what has been decided so far. */
export function neededTrials(run: TrialHistory, decided: ReadonlyMap<string, number>): Trial[] {
  const candidates = candidatesOf(run);
  return trialsOf(run.plan).filter((trial) => !isSkipped(trial, decided, candidates));
}

/** Throughput when draining a backlog; under an offered load it is fixed, so latency decides. */
function decisiveAspect({ experiment }: TrialHistory): 'throughput' | 'latency' {
  return experiment.measurement.mode === 'drain' ? 'throughput' : 'latency';
}

/** Better, worse, equivalent or ineligible: further blocks would not change the claim. */
function isDecided({ kind }: Verdict): boolean {
  return kind !== 'inconclusive';
}

function hasEnded(run: TrialHistory, block: number, decided: ReadonlyMap<string, number>): boolean {
  const ended = endedCells(run);
  return neededTrials(run, decided)
    .filter((trial) => trial.block <= block)
    .every((trial) => ended.has(cellOf(trial)));
}
