import { fitSlope, type Slope } from '../../stats/covariate.js';
import type { TrialIndex } from '../trial-index.js';
import type { Aspect } from './contrast.js';

/**
 * How a figure depends on the machine's speed, from the trials up to a block that have a reading; undefined with too few
 * of them.
 */
export function fitSpeed(
  { run, measured }: TrialIndex,
  { figure }: Aspect,
  upTo = Infinity,
): Slope | undefined {
  const blocks = run.plan.blocks.filter(({ number }) => number <= upTo);
  const points = blocks.flatMap(({ number: block }) =>
    run.plan.configurations.flatMap((configuration) => {
      const measurement = measured(configuration, block);
      const value = measurement === null ? null : figure(measurement);
      const canary = measurement?.canary?.medianCpuMs;
      if (value === null || value <= 0 || canary === undefined) return [];
      return [{ block, configuration: configuration.id, x: Math.log(canary), y: Math.log(value) }];
    }),
  );
  return fitSlope(points);
}
