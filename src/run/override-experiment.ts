import { planSizeProblem } from '../config/problems/plan-size.js';
import type { Experiment } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import { sparkVersionKnob } from '../model/knob.js';

/** The parts of an experiment file that the command line overrides; each value has passed the rule of its key. */
export interface Overrides {
  readonly blocks?: number | undefined;
  readonly seed?: number | undefined;
  readonly master?: string | undefined;
  readonly sparkVersion?: string | undefined;
}

/** Applies the overrides to an experiment. Throws USAGE. */
export function overrideExperiment(experiment: Experiment, overrides: Overrides): Experiment {
  const { blocks, seed, master, sparkVersion } = overrides;
  refuse(experiment, overrides);
  const { design, stopping, knobs } = experiment;
  return {
    ...experiment,
    ...(sparkVersion === undefined ? {} : { sparkVersion }),
    knobs: master === undefined ? knobs : { ...knobs, 'spark.master': master },
    stopping: blocks === undefined ? stopping : { ...stopping, ...looksBefore(stopping, blocks) },
    design: {
      ...design,
      ...(blocks === undefined ? {} : { blocks }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

/** The looks of the file that are left, and the last block; a fixed number of blocks stays fixed. */
function looksBefore({ interimLooks }: Experiment['stopping'], blocks: number) {
  const earlier = interimLooks.length > 1 ? interimLooks.filter((look) => look < blocks) : [];
  return { interimLooks: [...earlier, blocks] };
}

function refuse(experiment: Experiment, { blocks, master, sparkVersion }: Overrides): void {
  const { factors, design } = experiment;
  const levels = factors.map((factor) => factor.levels.length);
  const tooLarge =
    blocks === undefined ? undefined : planSizeProblem({ kind: design.kind, levels, blocks });
  if (tooLarge !== undefined) {
    throw new HarnessError({
      code: 'USAGE',
      message: `--blocks is ${String(blocks)}: ${tooLarge}.`,
      hint: 'Give a smaller number of blocks.',
    });
  }
  const isVaried = (name: string) => factors.some(({ key }) => key === name);
  if (master !== undefined && isVaried('spark.master')) {
    throw varied('--master', 'spark.master');
  }
  if (sparkVersion !== undefined && isVaried(sparkVersionKnob)) {
    throw varied('--spark-version', sparkVersionKnob);
  }
}

function varied(option: string, key: string): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: `${option} cannot be used here: the experiment varies ${key}.`,
    hint: `Drop ${option}, or change the levels of ${key} in the file.`,
  });
}
