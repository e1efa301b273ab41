import { hostname, totalmem } from 'node:os';
import { withHardCoded } from '../../jobs/script/hard-coded.js';
import { batchFindings } from '../../design/batches/batch-findings.js';
import { brokerFinding } from '../../design/broker-finding.js';
import { canaryFinding } from '../../design/canary-finding.js';
import { lint, type LintContext } from '../../knobs/lint.js';
import type { ActContext } from '../../knobs/why-inert.js';
import type { Configuration } from '../../model/configuration.js';
import type { Experiment } from '../../model/experiment.js';
import { bySeverity, type Finding } from '../../model/finding.js';
import { defaultSpark } from '../../toolchain/versions.js';

/**
 * What determines whether an experiment's knobs act. Every aggregation of the shipped job is stateful; of a script nobody
 * knows.
 */
export function actContext(experiment: Experiment): ActContext {
  return {
    sparkVersion: experiment.sparkVersion ?? defaultSpark,
    stateful: experiment.job.kind === 'template' ? true : undefined,
  };
}

/**
 * Checks the configurations of an experiment against the knob catalogue, whether their executors reach Kafka, and whether
 * their trials can count with this many records; the most severe findings first.
 */
export function lintExperiment(
  experiment: Experiment,
  configurations: readonly Configuration[],
  records: number,
): Finding[] {
  const context: LintContext = {
    ...actContext(experiment),
    memoryBytes: totalmem(),
    variedKeys: experiment.factors.map(({ key }) => key),
  };
  const planned = configurations.filter(
    ({ inert }) => inert === undefined || experiment.design.placebo === 'measure',
  );
  return bySeverity([
    ...lint(configurations, context),
    ...brokerFinding(planned, experiment, hostname()),
    ...canaryFinding(planned, experiment, records),
    ...batchFindings(withHardCoded(planned, experiment.job), experiment, records),
  ]);
}
