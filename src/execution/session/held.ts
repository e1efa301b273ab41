import { writeFile } from 'node:fs/promises';
import type { LaunchContext, TrialEvidence } from '../../model/trial/executor.js';
import type { Launch, Trial } from '../../model/trial/plan.js';
import type {
  BurnIn,
  BurnInLimits,
  DriverFigures,
  DriverReason,
  SessionRecord,
} from '../../model/session-record.js';
import { sessionRecordFile } from '../../spark/session-record.js';
import type { DriverSettings, OpenedDriver } from './driver/open-driver.js';
import type { RanInDriver } from './run-in-driver.js';

export interface HeldSettings extends DriverSettings {
  readonly burnIn?: BurnInLimits;
  readonly onStep: (text: string) => void;
}

/** A driver in use, with what is told of it in the record of each trial. */
export interface Held extends OpenedDriver {
  readonly key: string;
  /** Which driver of the run it is, counted from 1. */
  readonly number: number;
  readonly startedFor: DriverReason;
  readonly burnIn: BurnIn;
  /** Why its script does not take turns, a text each; empty if it does, or was not asked to. */
  readonly inOneGo: readonly string[];
  readonly atFirst: DriverFigures | null;
  /** The assignments of knobs that have warmed it, if its trials take turns. */
  readonly warmedBy: Set<string>;
  figures: DriverFigures | null;
  trials: number;
}

/** A trial that needs a driver, and what it has to do with it. */
export interface Needed {
  readonly trial: Trial;
  readonly launch: Launch;
  readonly context: LaunchContext;
  /** Whether trials that it runs have not ended: then it stays, however much it holds. */
  readonly isUnderWay?: boolean;
  /** Records of a turn, if the trials of the launch take turns. */
  readonly turnRecords?: number;
}

/** Counts a trial of a driver, and writes the record of it into the trial's folder. */
export async function recorded(
  { evidence, figures }: RanInDriver,
  held: Held,
  { directory, turns }: { readonly directory: string; readonly turns?: number },
): Promise<TrialEvidence> {
  const { inOneGo } = held;
  held.trials += 1;
  held.figures = figures;
  const session: SessionRecord = {
    ...{ driver: held.number, startedFor: held.startedFor, place: held.trials },
    ...{ burnIn: held.burnIn, figures },
    ...(turns === undefined ? {} : { turns }),
    ...(inOneGo.length === 0 ? {} : { inOneGo }),
  };
  await writeFile(sessionRecordFile({ directory }), `${JSON.stringify(session, null, 2)}\n`);
  return { ...evidence, session };
}
