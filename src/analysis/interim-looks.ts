import type { Verdict } from '../model/run/comparison.js';
import { cellOf, trialsOf, type Trial } from '../model/trial/plan.js';
import type { TrialHistory } from '../model/run/run-record.js';
import { judgeRun } from './judge-run.js';
import { endedCells, indexTrials } from './trial-index.js';

/** What the looks of a run have brought so far. */
export interface InterimLooks {
  /** Blocks up to which the run is judged: the looks that have come, or Infinity where their number is fixed. */
  readonly reached: readonly number[];
  /** The configurations that a look has decided, each with its block: they run in no later one. */
  readonly decided: ReadonlyMap<string, number>;
}

/** A pure function of the record, so a resumed run, a report and the run itself agree. */
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

/** Whether a trial need not run: its configuration is decided, or all are. */
export function isSkipped(
  { block, configuration }: Trial,
  decided: ReadonlyMap<string, number>,
  candidates: readonly string[],
): boolean {
  const skipsAll =
    candidates.length > 0 && candidates.every((id) => (decided.get(id) ?? block) < block);
  return skipsAll || (decided.get(configuration.id) ?? block) < block;
}

/** The configurations that a run is about: those that run and are no control. */
export function candidatesOf({ plan }: Pick<TrialHistory, 'plan'>): string[] {
  return plan.configurations
    .filter((one) => one.role === 'candidate' && one.inert === undefined)
    .map(({ id }) => id);
}

/** Planned trials that are left to run by what has been decided so far. */
export function neededTrials(run: TrialHistory, decided: ReadonlyMap<string, number>): Trial[] {
  const candidates = candidatesOf(run);
  return trialsOf(run.plan).filter((trial) => !isSkipped(trial, decided, candidates));
}

/** Throughput where a backlog is drained; under an offered load it is given, and latency is the question. */
function decisiveAspect({ experiment }: TrialHistory): 'throughput' | 'latency' {
  return experiment.measurement.mode === 'drain' ? 'throughput' : 'latency';
}

/** Better, worse, equivalent or out of the question: more blocks would change nothing that is claimed. */
function isDecided({ kind }: Verdict): boolean {
  return kind !== 'inconclusive';
}

function hasEnded(run: TrialHistory, block: number, decided: ReadonlyMap<string, number>): boolean {
  const ended = endedCells(run);
  return neededTrials(run, decided)
    .filter((trial) => trial.block <= block)
    .every((trial) => ended.has(cellOf(trial)));
}
