import { areAllInTurns, areAllShared, areMixed, executorSentences } from './executor-text.js';
import { declaredWarmup } from '../../../model/declared-warmup.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import type { RunRecord } from '../../../model/run/run-record.js';
import { code, sentence, strong, type Sentence } from '../sentence.js';
import { alphaText } from '../conclusion-text.js';
import { capitalisedState } from './status-text.js';
import { count, duration, plural } from '../wording.js';
import { versionSentences } from './version-text.js';

/** The top of every report, a sentence each: whether the run was simulated, its state, and damage to its journal. */
export function runSentences(model: ReportModel): Sentence[] {
  return [...simulated(model), state(model), ...journalSentences(model)];
}

/** Makes sure that nobody mistakes a simulated figure for a measured one. */
function simulated({ run }: ReportModel): Sentence[] {
  const { simulation } = run.manifest;
  return simulation === undefined
    ? []
    : [
        sentence`${strong('Simulated.')} Neither Kafka nor Spark ran: every figure below comes from the model ${code(simulation)}.`,
      ];
}

function state(model: ReportModel): Sentence {
  const { endedTrials: done, plannedTrials, skippedTrials, run } = model;
  const spent = run.trials.reduce((total, one) => total + one.wallMs, 0) / 1_000;
  const how =
    done === plannedTrials
      ? `All ${count(done)} trials have ended`
      : strong(
          sentence`${capitalisedState(run.state)}. ${count(done)} of ${count(plannedTrials)} trials have ended`,
        );
  const skipped =
    skippedTrials === 0
      ? ''
      : ` ${plural(skippedTrials, 'planned trial')} were skipped: ${whySkipped(model)}.`;
  return sentence`${how}, after ${duration(spent)} of trials. Started ${run.manifest.startedAt}.${skipped}`;
}

function whySkipped({ screening }: ReportModel): string {
  if (screening === null) return 'an interim look had already decided their configuration';
  return screening.isOver
    ? 'the screening had left their configuration out'
    : 'only the best of the screening will run in the fresh blocks';
}

/** Without its journal, nobody can tell what else a run has done. Empty if the journal is whole. */
export function journalSentences({ run, endedTrials, plannedTrials }: ReportModel): Sentence[] {
  if (run.journal !== 'whole') {
    const words = strong(`The journal of this run is ${run.journal}`);
    return [sentence`${words}; outcomes are read from the trials' own folders instead.`];
  }
  return run.state === 'crashed' && endedTrials === plannedTrials
    ? [sentence`${strong('The journal does not record the end of this run.')}`]
    : [];
}

/** One sentence per resume: figures from before and after may differ because of the gap. */
export function resumeSentences({ run }: ReportModel): Sentence[] {
  return run.resumes.map(({ at, idleMs, differences }) => {
    const forced = differences.length === 0 ? '' : `, by force, although ${differences.join('; ')}`;
    return sentence`Resumed at ${at}, ${duration(idleMs / 1_000)} after it was last active${forced}.`;
  });
}

/** How the figures were obtained. */
export function methodSentences(model: ReportModel): Sentence[] {
  const { run, alpha, screening } = model;
  const { warmupSeconds } = run.experiment.measurement;
  const error = alphaText(alpha);
  return [
    sentence`Throughput of a trial is Σ numInputRows / Σ triggerExecution over its batches after the warm-up (at least ${warmupText(run)}). A configuration is compared with the mean of the baseline's two trials in the same block; better and worse are claimed where a paired t test on logarithms, corrected for all that the report could claim, is below ${error}. Each interval has the confidence at which its verdict was decided, 95 % or more.`,
    ...executorSentences(run.trials),
    ...screeningNote(screening, run),
    ...versionSentences(model),
    ...quantileNote(run),
    ...(warmupSeconds < 180 && !areAllShared(run.trials)
      ? [
          sentence`The warm-up is short, so the trials measure a JVM that is still warming up: a fair comparison, but not a steady state.`,
        ]
      : []),
  ];
}

/** What does not count of a trial at the least; the declared time is another one in a driver that is warm. */
function warmupText({ trials, experiment }: RunRecord): string {
  const seconds = declaredWarmup(experiment.measurement, areAllShared(trials));
  const where = areMixed(trials) ? ' in a process of its own' : '';
  const parts = [
    ...(seconds === 0 ? [] : [`${duration(seconds)}${where}`]),
    ...(areAllInTurns(trials) ? [] : ['a third of the trial']),
  ];
  return parts.length === 0 ? 'three batches' : `${parts.join(', ')} and three batches`;
}

/** How the judged candidates were chosen; nothing if all are judged. */
function screeningNote(screening: ReportModel['screening'], { trials }: RunRecord): Sentence[] {
  if (screening === null) return [];
  const { blocks, judgingBlocks, candidates, top } = screening;
  const warmer = areMixed(trials)
    ? '; those of candidates that were screened out were measured in a live driver, which is warm: compare their changes, not the rates'
    : '';
  return [
    sentence`The first ${plural(blocks, 'block')} (screening) ranked ${plural(candidates, 'configuration')} without any claim. The best ${top === 1 ? 'one' : count(top)} and the baseline then ran in ${plural(judgingBlocks, 'fresh block')}, which alone decide, so that the luck that helps to be chosen has no part in the result; rows per second of what was judged are from those blocks${warmer}.`,
  ];
}

/** Why a quantile is missing, once for all trials; nothing if none is. */
function quantileNote({ trials }: Pick<ReportModel['run'], 'trials'>): Sentence[] {
  const missing = trials.some(({ measurement }) => measurement?.batchMs?.p99 === null);
  return missing
    ? [
        [
          'p95 is only given from 20 counted batches on, and p99 from 100: with fewer, it would be the slowest batch (max) under another name.',
        ],
      ]
    : [];
}
