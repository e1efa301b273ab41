import { measuredQuery } from '../../measure/deciding-query.js';
import { measureEvidence } from '../../measure/measure-evidence.js';
import { HarnessError } from '../../model/harness-error.js';
import { keptParts, type EndedTrial, type SealedTrial } from '../../model/trial/ended-trial.js';
import { retryOf, trialsOf, type Plan, type Trial } from '../../model/trial/plan.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { lockHolder } from '../../process/lock-file.js';
import { journalCorrupt, readJournal } from '../../store/journal.js';
import type { JournalEntry } from '../../store/journal-line.js';
import { lockFileOf } from '../../store/run-folder.js';
import { readFigures, type KeptFigures } from '../../store/kept-figures.js';
import { checkManifest, readOpening, type RunOpening } from '../../store/run-opening.js';
import { readEvidence } from '../../store/trial-evidence.js';
import { checkOutcome, hasOutcome, readOutcome } from '../../store/trial-folder.js';
import { replay, type ReplayedRun } from '../replay.js';

/**
 * Reads a run, finished or not, from its folder, and measures every ended trial again whose figures were not kept. The
 * journal says which have ended; if it cannot be read, the trials' own folders do. Throws RUN_FOLDER_INVALID and RUN_DAMAGED.
 */
export async function readRun(folder: string): Promise<RunRecord> {
  return (await readReplayed(folder, await readOpening(folder))).run;
}

/** A run with its replayed journal, of which nothing is known if it is missing or damaged. */
export interface ReadRun {
  readonly run: RunRecord;
  readonly journal: ReplayedRun | undefined;
}

/** The trials that were measured before, by id; each with its stored end, without which it is measured again. */
export type KnownTrials = Map<string, { readonly stored: string; readonly ended: EndedTrial }>;

/** The same for a run whose opening is known. Measures only what is not in `known`, and adds it there. */
export async function readReplayed(
  folder: string,
  opening: RunOpening,
  known: KnownTrials = new Map(),
): Promise<ReadRun> {
  const given = { ...opening, known };
  try {
    const entries = await readSteps(folder, opening.plan);
    const journal = entries.length === 0 ? undefined : replay(entries, opening.plan);
    return { run: await readTrials(folder, given, journal ?? 'missing'), journal };
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'JOURNAL_CORRUPT') throw error;
    return { run: await readTrials(folder, given, 'damaged'), journal: undefined };
  }
}

/**
 * Reads the journal of a run; empty if there is none. Throws JOURNAL_CORRUPT, also where the journal lacks the end of a
 * trial that has ended, and RUN_DAMAGED if the manifest is not the one that the journal begins with.
 */
export async function readSteps(folder: string, plan: Plan): Promise<JournalEntry[]> {
  // Before the journal: a running trial may end in between.
  const over = withRetries(plan).filter((trial) => hasOutcome(folder, trial));
  const entries = await readJournal(folder);
  const [first] = entries;
  if (first === undefined) return [];
  await checkManifest(folder, first);
  const ended = new Set(
    entries.flatMap(({ event }) => (event.kind === 'trial-ended' ? [event.trial] : [])),
  );
  const missing = over.find(({ id }) => !ended.has(id));
  if (missing === undefined) return entries;
  const next = entries.length + 1;
  throw journalCorrupt(folder, next, `lines are missing: ${missing.id} has ended`);
}

/** Reads the ended trials of a run, according to its journal, or to their own folders if there is none. */
export async function readTrials(
  folder: string,
  {
    manifest,
    experiment,
    plan,
    known,
  }: Pick<RunOpening, 'manifest' | 'experiment' | 'plan'> & { readonly known?: KnownTrials },
  journal: ReplayedRun | 'missing' | 'damaged',
): Promise<RunRecord> {
  const state = typeof journal === 'string' ? undefined : journal;
  const blocks = state?.blocks ?? plan.blocks;
  const trials: EndedTrial[] = [];
  const figures = readFigures(folder);
  for (const trial of withRetries({ blocks })) {
    const sealed = readSealed(folder, trial, state);
    if (sealed === undefined) continue;
    const text = JSON.stringify(sealed);
    const before = known?.get(trial.id);
    const ended =
      before?.stored === text
        ? before.ended
        : measureSealed(folder, { trial, sealed, experiment, figures });
    known?.set(trial.id, { stored: text, ended });
    trials.push(ended);
  }
  const running = (await lockHolder(lockFileOf(folder))) !== undefined;
  return {
    manifest,
    experiment,
    plan,
    state: running ? 'running' : (state?.end ?? 'crashed'),
    journal: typeof journal === 'string' ? journal : 'whole',
    resumes: state?.resumes ?? [],
    blocks,
    trials,
  };
}

/** A trial with its figures: those kept for exactly its files, which are compared first, or else measured from them. */
function measureSealed(
  folder: string,
  {
    trial,
    sealed,
    experiment,
    figures,
  }: {
    readonly trial: Trial;
    readonly sealed: SealedTrial;
    readonly experiment: RunOpening['experiment'];
    readonly figures: KeptFigures;
  },
): EndedTrial {
  const { evidence: hashes, ...stored } = sealed;
  const spec = measuredQuery(experiment);
  const kept = figures.of({ trial, sealed, spec });
  const place = { runFolder: folder, trial };
  const evidence = readEvidence(place, hashes, { wantsBatches: kept === undefined });
  const measurement =
    kept === undefined
      ? measureEvidence(
          { ...evidence, ...evidence.batches(), offered: stored.offered },
          trial.configuration.knobs,
          spec,
        )
      : kept;
  return { trial, ...stored, measurement, ...keptParts(evidence) };
}

/** How a trial ended; undefined if it has not. */
function readSealed(
  folder: string,
  trial: Trial,
  state: ReplayedRun | undefined,
): SealedTrial | undefined {
  if (state === undefined) return readOutcome(folder, trial);
  const journaled = state.ended.get(trial.id) ?? state.canceled.get(trial.id);
  if (journaled !== undefined) checkOutcome(folder, trial, journaled);
  return journaled;
}

function withRetries(plan: Pick<Plan, 'blocks'>): Trial[] {
  return trialsOf(plan).flatMap((one) => [one, retryOf(one)]);
}
