import type { Experiment } from '../model/experiment.js';
import type { Plan } from '../model/plan.js';

/** What `plan.json` holds. */
export interface WrittenPlan {
  readonly experiment: Experiment;
  readonly plan: Plan;
}

type Older<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** What the first version of the same layout did not write yet. */
type OlderExperiment = Omit<Experiment, 'design' | 'measurement' | 'stopping'> & {
  readonly design: Older<Experiment['design'], 'placebo'>;
  readonly measurement: Older<
    Experiment['measurement'],
    'canary' | 'mode' | 'diskReserveBytes' | 'memoryReserveBytes'
  >;
  readonly stopping?: Experiment['stopping'];
};

/** A plan as it is read today: what an older streamtune did not know is what it did. */
export function completePlan(written: {
  readonly experiment: OlderExperiment;
  readonly plan: Plan;
}): WrittenPlan {
  const { experiment, plan } = written;
  const { design, measurement, stopping } = experiment;
  return {
    plan,
    experiment: {
      ...experiment,
      design: { placebo: 'skip', ...design },
      measurement: {
        canary: false,
        mode: 'drain',
        diskReserveBytes: 0,
        memoryReserveBytes: 0,
        ...measurement,
      },
      stopping: stopping ?? { delta: 0.05, looks: [design.blocks] },
    },
  };
}
