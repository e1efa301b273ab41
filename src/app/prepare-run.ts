import { resolve } from 'node:path';
import { knobLines } from '../config/knob-lines.js';
import { readExperiment } from '../config/read-experiment.js';
import { forecast, type Forecast } from '../design/forecast.js';
import { planExperiment } from '../design/plan-experiment.js';
import { markInert } from '../knobs/mark-inert.js';
import type { Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Plan } from '../model/plan.js';
import { validateJobKnobs } from '../spark/job-parameters.js';
import { actContext, lintExperiment } from './lint-experiment.js';

/** What the command line changes of the experiment file. */
interface Overrides {
  readonly blocks?: number | undefined;
  readonly seed?: number | undefined;
  readonly master?: string | undefined;
  readonly sparkVersion?: string | undefined;
}

/** A checked experiment with its plan; nothing has been started. */
export interface PreparedRun {
  /** Absolute path of the experiment file. */
  readonly file: string;
  readonly text: string;
  readonly experiment: Experiment;
  readonly plan: Plan;
  /** What the knob catalogue says about it, the gravest first. */
  readonly findings: readonly Finding[];
  /** The line of each knob in the file. */
  readonly knobLines: ReadonlyMap<string, number>;
  readonly forecast: Forecast;
  /** The arguments that repeat it, after `streamtune run`. */
  readonly argumentsText: string;
}

/** Reads, checks and plans an experiment. Throws EXPERIMENT_UNREADABLE, EXPERIMENT_INVALID or USAGE. */
export async function prepareRun(
  given: string,
  { host, overrides = {} }: { readonly host: Host; readonly overrides?: Overrides },
): Promise<PreparedRun> {
  const file = resolve(host.cwd, given);
  const { experiment: asWritten, text } = await readExperiment(file);
  const experiment = override(asWritten, overrides);
  const plan = planExperiment(experiment, (all) => markInert(all, actContext(experiment)));
  for (const configuration of plan.configurations) {
    const problems = validateJobKnobs(configuration.knobs);
    if (problems.length === 0) continue;
    throw new HarnessError({
      code: 'EXPERIMENT_INVALID',
      message: `${given}: configuration ${configuration.id} cannot run: ${problems.join(' ')}`,
      hint: 'Change the knobs of the job, or leave the combination out with `exclude`.',
    });
  }
  return {
    file,
    text,
    findings: lintExperiment(experiment, plan.configurations),
    knobLines: knobLines(text),
    experiment,
    plan,
    forecast: forecast(plan, experiment),
    argumentsText: [given, ...overrideFlags(overrides)].join(' '),
  };
}

function override(experiment: Experiment, overrides: Overrides): Experiment {
  const { blocks, seed, master, sparkVersion } = overrides;
  for (const [name, value, least] of [
    ['--blocks', blocks, 1],
    ['--seed', seed, 0],
  ] as const) {
    if (value === undefined || (Number.isInteger(value) && value >= least)) continue;
    throw new HarnessError({
      code: 'USAGE',
      message: `${name} takes a whole number from ${String(least)}.`,
      hint: `For example: ${name} 4`,
    });
  }
  if (master !== undefined && experiment.factors.some(({ key }) => key === 'spark.master')) {
    throw new HarnessError({
      code: 'USAGE',
      message: '--master has no place where the experiment varies spark.master.',
      hint: 'Leave --master out, or change the levels of spark.master in the file.',
    });
  }
  return {
    ...experiment,
    ...(sparkVersion === undefined ? {} : { sparkVersion }),
    knobs:
      master === undefined ? experiment.knobs : { ...experiment.knobs, 'spark.master': master },
    stopping:
      blocks === undefined
        ? experiment.stopping
        : {
            ...experiment.stopping,
            looks: [...experiment.stopping.looks.filter((look) => look < blocks), blocks],
          },
    design: {
      ...experiment.design,
      ...(blocks === undefined ? {} : { blocks }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

function overrideFlags({ blocks, seed, master, sparkVersion }: Overrides): string[] {
  const flags: readonly (readonly [string, string | number | undefined])[] = [
    ['--blocks', blocks],
    ['--seed', seed],
    ['--master', master],
    ['--spark-version', sparkVersion],
  ];
  return flags.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  );
}
