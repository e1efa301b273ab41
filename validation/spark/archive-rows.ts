import { join } from 'node:path';
import { indexTrials } from '../../src/analysis/trial-index.js';
import type { Level } from '../../src/model/knob.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import type { EndedTrial } from '../../src/model/trial/ended-trial.js';
import type { Job } from '../../src/model/trial/job.js';
import { gainText } from '../../src/report/words/wording.js';
import { mean } from '../../src/stats/mean.js';
import { estimatePairs } from '../../src/stats/paired-estimate.js';
import type { ValidationRow } from '../write-table.js';

/** `false` makes a configuration start without the class archive. Spark ignores the key. */
const planted = 'spark.streamtune.classArchive';

/**
 * The job, started without the class archive where a configuration says so: of two archives that Java is given, it takes
 * the last one, and spark-submit puts the driver's own options last. That one is the archive which Java has anyway.
 */
export function archiveSwitchedJob(job: Job, javaHome: string): Job {
  const option = `-XX:SharedArchiveFile=${join(javaHome, 'lib', 'server', 'classes.jsa')}`;
  return {
    ...job,
    prepare: async (trial, files, input) => {
      const submission = await job.prepare(trial, files, input);
      if (trial.configuration.knobs[planted] !== false) return submission;
      const conf = { ...submission.conf, 'spark.driver.extraJavaOptions': option };
      return { ...submission, conf };
    },
  };
}

/** What the archive does to the rate, and to the effect of each other factor. */
export function archiveRows(model: ReportModel): ValidationRow[] {
  const others = model.run.experiment.factors
    .map(({ key }) => key)
    .filter((key) => key !== planted);
  const alone = contrast(model, (levels) => (levels[planted] === false ? -1 : 1));
  return [
    startRow(model),
    {
      id: 'archive',
      what: 'rows per second with the class archive, against without',
      limit: 'published',
      figure: alone === undefined ? 'not met' : gainText(alone),
      ok: alone !== undefined,
    },
    ...others.map((key): ValidationRow => {
      const difference = contrast(
        model,
        (levels) => (levels[planted] === false ? -1 : 1) * (isChanged(model, key, levels) ? 1 : -1),
        2,
      );
      const interval = difference?.interval;
      return {
        id: 'archive',
        what: `the effect of ${key} with the class archive, against its effect without`,
        limit: 'no difference',
        figure: difference === undefined ? 'not met' : gainText(difference),
        ok: interval !== null && interval !== undefined && interval.low <= 0 && 0 <= interval.high,
      };
    }),
  ];
}

/** Whether trials did start without the archive where they were to: then they take longer. */
function startRow({ run }: ReportModel): ValidationRow {
  const seconds = (isWithout: boolean) =>
    mean(
      run.trials
        .filter(({ trial, outcome }) => {
          const level = trial.configuration.knobs[planted];
          return outcome.kind === 'succeeded' && (level === false) === isWithout;
        })
        .map(({ wallMs }) => wallMs),
    ) / 1_000;
  const [having, lacking] = [seconds(false), seconds(true)];
  return {
    id: 'archive',
    what: 'seconds of a trial with the class archive, and without',
    limit: 'less with it',
    figure: `${having.toFixed(1)} and ${lacking.toFixed(1)}`,
    ok: having < lacking,
  };
}

type Levels = Readonly<Record<string, Level>>;

/** The mean of ln rows per second where `sign` is 1 less that where it is -1, times `scale`, paired by block. */
function contrast({ run }: ReportModel, sign: (levels: Levels) => number, scale = 1) {
  const { trialsOf } = indexTrials(run);
  const cells = run.plan.configurations.filter(({ role }) => role !== 'baseline-repeat');
  const differences = run.plan.blocks.flatMap(({ number }) => {
    const sides: { readonly sign: number; readonly log: number }[] = [];
    for (const { id, levels } of cells) {
      const rate = rateOf(trialsOf(id).find(({ trial }) => trial.block === number));
      if (rate === null) return []; // a block counts whole or not at all
      sides.push({ sign: sign(levels), log: Math.log(rate) });
    }
    const side = (wanted: number) =>
      mean(sides.filter((one) => one.sign === wanted).map(({ log }) => log));
    return [scale * (side(1) - side(-1))];
  });
  return estimatePairs({ differences }, { alpha: 0.05, delta: 0.05 });
}

function isChanged({ run }: ReportModel, key: string, levels: Levels): boolean {
  return (levels[key] ?? null) !== (run.experiment.baseline[key] ?? null);
}

function rateOf(one: EndedTrial | undefined): number | null {
  return one?.outcome.kind === 'succeeded' ? (one.measurement?.rowsPerSecond ?? null) : null;
}
