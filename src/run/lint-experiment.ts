import { totalmem } from 'node:os';
import { lint, type LintContext } from '../knobs/lint.js';
import type { ActContext } from '../knobs/why-inert.js';
import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import { defaultSpark } from '../toolchain/versions.js';

/** What the knobs of an experiment meet. Every aggregation of the shipped job keeps state. */
export function actContext(experiment: Experiment): ActContext {
  return { sparkVersion: experiment.sparkVersion ?? defaultSpark, stateful: true };
}

/** What the knob catalogue says about the configurations of an experiment. */
export function lintExperiment(
  experiment: Experiment,
  configurations: readonly Configuration[],
): Finding[] {
  const context: LintContext = {
    ...actContext(experiment),
    memoryBytes: totalmem(),
    variedKeys: experiment.factors.map(({ key }) => key),
  };
  return lint(configurations, context);
}
