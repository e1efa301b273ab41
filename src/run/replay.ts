import type { SealedTrial } from '../model/trial/ended-trial.js';
import type { DecidedLaunches, JournalEvent, RunEnd } from '../model/run/journal-event.js';
import type { Block, Plan } from '../model/trial/plan.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import type { Resumption } from '../model/run/run-record.js';
import type { JournalEntry } from '../store/journal-line.js';

/** The state of a run according to its journal. */
export interface ReplayedRun {
  /** The blocks that the strategy has decided, in order. */
  readonly blocks: readonly Block[];
  /** Ended trials by id, in the order in which they ended. */
  readonly ended: ReadonlyMap<string, SealedTrial>;
  /** Trials that were stopped on request and must be run again. */
  readonly canceled: ReadonlyMap<string, SealedTrial>;
  /** The trials that had started but not ended where the journal stops, in the order of their start. */
  readonly running: readonly string[];
  /** Every process group that was started. */
  readonly processes: readonly ProcessIdentity[];
  /** Why the run ended; undefined while it runs, or if it crashed. */
  readonly end: RunEnd | undefined;
  readonly resumes: readonly Resumption[];
  readonly lastAt: string | undefined;
}

type BlockDecided = Extract<JournalEvent, { kind: 'block-decided' }>;

interface GrowingState {
  readonly blocks: Block[];
  readonly ended: Map<string, SealedTrial>;
  readonly canceled: Map<string, SealedTrial>;
  running: readonly string[];
  readonly processes: ProcessIdentity[];
  end: RunEnd | undefined;
  readonly resumes: Resumption[];
  lastAt: string | undefined;
}

/** Rebuilds the state of a run from its journal, entry by entry. */
export function replay(entries: readonly JournalEntry[], plan: Plan): ReplayedRun {
  const state: GrowingState = {
    ...{ blocks: [], ended: new Map(), canceled: new Map(), processes: [], resumes: [] },
    ...{ running: [], end: undefined, lastAt: undefined },
  };
  for (const entry of entries) {
    take(state, entry, plan);
    state.lastAt = entry.at;
  }
  return state;
}

function take(state: GrowingState, { event, at }: JournalEntry, plan: Plan): void {
  switch (event.kind) {
    case 'run-started':
      return;
    case 'run-resumed': {
      const idleMs = Date.parse(at) - Date.parse(state.lastAt ?? at);
      state.end = undefined;
      state.running = [];
      state.resumes.push({ at, idleMs, differences: event.differences });
      return;
    }
    case 'block-decided':
      state.blocks.push(blockOf(event, plan));
      return;
    case 'process-started':
      state.processes.push(event.process);
      return;
    case 'trial-started':
      state.running = [...state.running, event.trial];
      state.canceled.delete(event.trial); // its folder is made anew
      return;
    case 'trial-ended': {
      const { kind: _kind, trial, ...stored } = event;
      const { canceled, ended } = state;
      state.running = state.running.filter((one) => one !== trial);
      (stored.outcome.kind === 'canceled' ? canceled : ended).set(trial, stored);
      return;
    }
    case 'run-ended':
      state.end = event.why;
      return;
  }
}

/** A block as decided, with the configurations of the plan. */
function blockOf({ block: number, launches, canary }: BlockDecided, plan: Plan): Block {
  const byId = new Map(plan.configurations.map((one) => [one.id, one]));
  return {
    number,
    launches: launches.map((trials) => ({
      trials: trials.flatMap(({ id, configuration: name }) => {
        const configuration = byId.get(name);
        return configuration === undefined ? [] : [{ id, block: number, configuration }];
      }),
    })),
    ...(canary === undefined ? {} : { canary }),
  };
}

/** A block as stored in the journal. */
export function decidedLaunches({ launches }: Block): DecidedLaunches {
  return launches.map(({ trials }) =>
    trials.map(({ id, configuration }) => ({ id, configuration: configuration.id })),
  );
}
