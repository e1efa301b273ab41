import type { Experiment, MeasurementSpec } from '../model/experiment.js';
import { checkSource, type SourceFile } from './checked-source.js';
import {
  experimentProblems,
  interimLooksOf,
  type ExperimentFile,
} from './problems/experiment-problems.js';
import { claimsOf } from './problems/claim-problems.js';
import { knobProblems } from './problems/knob-problems.js';
import { kindOf } from './job/job-problems.js';
import { endpointOf } from './parse-kafka.js';
import { dataOfFile } from './parse-data.js';
import { jobOfFile } from './job/parse-job.js';
import { bytes, seconds, share } from './quantities.js';
import { schemaCheck } from './problems/schema-problems.js';

const problemsOf = schemaCheck('schemas/experiment.schema.json', 'the experiment');

/**
 * Parses an experiment and fills in every default. Throws EXPERIMENT_INVALID, whose message lists every problem with
 * file, line and column.
 */
export function parseExperiment(file: SourceFile): Experiment {
  const source = checkSource(file, problemsOf, 'docs/experiment-reference.md explains every key.');
  const parsed = source.value as ExperimentFile;
  const { knobs = {}, factors = {}, baseline = {}, exclude = [] } = parsed;
  const parts = { knobs, factors, baseline, exclude };
  source.refuse([...knobProblems(parts), ...experimentProblems(parsed)]);
  return fillIn(parsed, parts);
}

function fillIn(
  parsed: ExperimentFile,
  parts: Required<Pick<ExperimentFile, 'knobs' | 'factors' | 'baseline' | 'exclude'>>,
): Experiment {
  const { knobs, factors, baseline, exclude } = parts;
  const { design = {} } = parsed;
  const interimLooks = interimLooksOf(parsed);
  return {
    name: parsed.name,
    description: parsed.description ?? '',
    job: jobOfFile(parsed.job),
    data: dataOfFile(parsed.data ?? {}, kindOf(parsed.job ?? {}) !== 'template'),
    ...(parsed.kafka === undefined ? {} : { kafka: endpointOf(parsed.kafka) }),
    ...sparkOf(parsed.spark ?? {}),
    ...(isShared(parsed.executor) ? { executor: parsed.executor } : {}),
    knobs,
    factors: Object.entries(factors).map(([key, levels]) => ({ key, levels })),
    exclude,
    baseline: Object.fromEntries(
      Object.entries(factors).map(([key, levels]) => [
        key,
        key in baseline ? (baseline[key] ?? null) : (levels[0] ?? null),
      ]),
    ),
    design: {
      kind: design.kind ?? 'grid',
      blocks: interimLooks.at(-1) ?? 4,
      seed: design.seed ?? 1,
      ...(design.confirm === undefined ? {} : { confirm: design.confirm }),
      placebo: design.placebo ?? 'skip',
    },
    measurement: measurementOf(parsed.measurement ?? {}),
    stopping: stoppingOf(parsed.stopping ?? {}, interimLooks),
    ...(parsed.claims === undefined ? {} : { claims: claimsOf(parsed.claims) }),
  };
}

function sparkOf({
  version,
  home,
  classArchive,
  sharedFolder,
  masterUi,
}: NonNullable<ExperimentFile['spark']>) {
  return {
    ...(version === undefined ? {} : { sparkVersion: version }),
    ...(home === undefined ? {} : { sparkHome: home }),
    ...(classArchive === 'off' ? ({ classArchive: 'off' } as const) : {}),
    ...(sharedFolder === undefined ? {} : { sharedFolder }),
    ...(masterUi === undefined ? {} : { masterUi }),
  };
}

/** The default is left out, so that it means the same as in runs from before there was a choice. */
function isShared(executor: ExperimentFile['executor']): executor is 'session' | 'auto' {
  return executor === 'session' || executor === 'auto';
}

function stoppingOf(
  { delta, worthwhile }: NonNullable<ExperimentFile['stopping']>,
  interimLooks: readonly number[],
): Experiment['stopping'] {
  return {
    delta: share(delta ?? '5%'),
    interimLooks,
    ...(worthwhile === undefined ? {} : { worthwhile: share(worthwhile) }),
  };
}

const free = { perHour: 0, perCoreHour: 0, perGibHour: 0, currency: 'price' };

function measurementOf(measurement: NonNullable<ExperimentFile['measurement']>): MeasurementSpec {
  return {
    warmupSeconds: seconds(measurement.warmup ?? '8s'),
    sessionWarmupSeconds: seconds(measurement.warmup ?? '0s'),
    ...(measurement.window === undefined ? {} : { windowSeconds: seconds(measurement.window) }),
    timeLimitSeconds: seconds(measurement.timeLimit ?? '5m'),
    ...(measurement.stallLimit === undefined
      ? {}
      : { stallSeconds: seconds(measurement.stallLimit) }),
    ...(measurement.batchLimit === undefined
      ? {}
      : { batchSeconds: seconds(measurement.batchLimit) }),
    diskReserveBytes: bytes(measurement.diskReserve ?? '500MB'),
    memoryReserveBytes: bytes(measurement.memoryReserve ?? '200MB'),
    canary: measurement.canary === 'auto' ? 'auto' : measurement.canary === 'on',
    ...(measurement.result === 'ignored' ? { result: 'ignored' } : {}),
    ...(measurement.price === undefined ? {} : { price: { ...free, ...measurement.price } }),
    mode: measurement.mode === 'offered' ? { ratePerSecond: measurement.rate ?? 0 } : 'drain',
  };
}
