import type { Configuration } from '../model/configuration.js';
import type { Experiment, Factor } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Assignment } from '../model/knob.js';

/**
 * Lists the configurations of an experiment: the baseline, its A/A control, and the others as c1, c2, … in file order.
 * Throws EXPERIMENT_INVALID if `exclude` matches the baseline.
 */
export function expandConfigurations(experiment: Experiment): Configuration[] {
  const { factors, baseline, exclude, knobs, design } = experiment;
  if (exclude.some((entry) => matches(baseline, entry))) {
    throw new HarnessError({
      code: 'EXPERIMENT_INVALID',
      message: `${experiment.name}: an entry of exclude leaves out the baseline, which every block needs.`,
      hint: 'Choose another baseline, or make the entry of exclude narrower.',
    });
  }
  const all = design.kind === 'grid' ? grid(factors) : oneAtATime(factors, baseline);
  const others = all.filter(
    (levels) => !matches(levels, baseline) && !exclude.some((entry) => matches(levels, entry)),
  );
  const same = { levels: baseline, knobs: { ...knobs, ...baseline } };
  return [
    { id: 'baseline', role: 'baseline', ...same },
    { id: 'aa', role: 'baseline-repeat', ...same },
    ...others.map((levels, index) => ({
      id: `c${String(index + 1)}`,
      role: 'candidate' as const,
      levels,
      knobs: { ...knobs, ...levels },
    })),
  ];
}

function grid(factors: readonly Factor[]): Assignment[] {
  return factors.reduce<Assignment[]>(
    (partial, { key, levels }) =>
      partial.flatMap((assignment) => levels.map((level) => ({ ...assignment, [key]: level }))),
    [{}],
  );
}

function oneAtATime(factors: readonly Factor[], baseline: Assignment): Assignment[] {
  return factors.flatMap(({ key, levels }) =>
    levels
      .filter((level) => level !== baseline[key])
      .map((level) => ({ ...baseline, [key]: level })),
  );
}

/** Whether an assignment contains every pair of a pattern. */
function matches(assignment: Assignment, pattern: Assignment): boolean {
  return Object.entries(pattern).every(([key, level]) => assignment[key] === level);
}
