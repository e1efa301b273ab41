import { parseExperiment } from '../../src/config/parse-experiment.js';
import { judgeTrial } from '../../src/measure/judge-trial.js';
import { measureEvidence } from '../../src/measure/measure-evidence.js';
import { measureTrial } from '../../src/measure/measure-trial.js';
import type { ProgressEvent } from '../../src/model/trial/progress-event.js';
import { planExperiment } from '../../src/design/plan-experiment.js';
import type { Experiment, MeasurementSpec } from '../../src/model/experiment.js';
import type { Outcome } from '../../src/model/trial/outcome.js';
import { trialsOf, type Trial } from '../../src/model/trial/plan.js';
import type { EndedTrial } from '../../src/model/trial/ended-trial.js';
import type { RunRecord } from '../../src/model/run/run-record.js';
import { steadyBatches } from './progress.js';

/** How a made-up trial ends: milliseconds per batch of 1,000 rows, or an outcome other than success. */
export type MadeUp = (trial: Trial) => number | Outcome | undefined;

/** A run of an experiment with made-up trials; those for which there is undefined have not ended. */
export function runRecord(text: string, madeUp: MadeUp): RunRecord {
  const experiment = parseExperiment({ text, file: 'test.yaml' });
  const plan = planExperiment(experiment);
  return {
    experiment,
    plan,
    state: 'complete',
    journal: 'whole',
    resumes: [],
    blocks: plan.blocks,
    trials: trialsOf(plan).flatMap((trial) => {
      const result = madeUp(trial);
      return result === undefined ? [] : [trialRecord(trial, result, experiment)];
    }),
    manifest: {
      formatVersion: 4,
      runId: '01234567',
      streamtuneVersion: '0.0.0',
      startedAt: '2026-01-31T20:00:00.000Z',
      machine: {
        platform: 'linux 6.1 x64',
        cpuModel: 'a processor',
        cpuCount: 2,
        memoryBytes: 24 * 2 ** 30,
      },
      versions: {
        node: '20.0.0',
        java: '17.0.1',
        python: '3.11.1',
        spark: '4.0.0',
        kafka: '4.1.1',
      },
      broker: 'embedded',
      hashes: { experiment: 'e'.repeat(64), plan: 'p', job: 'j', dataset: '0123456789ab' },
      data: { records: 100_000, how: 'declared' },
      argv: ['streamtune', 'run', 'test.yaml'],
    },
  };
}

const nothing = { measurement: null, machine: null, offered: null };

function trialRecord(trial: Trial, result: number | Outcome, experiment: Experiment): EndedTrial {
  if (typeof result !== 'number') {
    return { trial, outcome: result, wallMs: 4_000, ...nothing };
  }
  const { warmupSeconds } = experiment.measurement;
  const measurement = measureTrial(steadyBatches(40, 1_000, result), { warmupSeconds });
  return {
    trial,
    outcome: { kind: 'succeeded' },
    wallMs: 40 * result + 9_000,
    ...nothing,
    measurement,
  };
}

/** A trial that ended by itself and left these events, measured and judged as in a run. */
export function judgedTrial(
  trial: Trial,
  events: readonly ProgressEvent[],
  spec: Pick<MeasurementSpec, 'warmupSeconds'>,
): EndedTrial {
  const { knobs } = trial.configuration;
  const evidence = { events, canary: [], offered: null };
  const measurement = measureEvidence(evidence, knobs, spec);
  const faultless = { end: { kind: 'ended' }, effectiveConf: {}, problems: [] } as const;
  const outcome = judgeTrial({ knobs, evidence: faultless, machine: null, measurement });
  return { trial, outcome, wallMs: 1, ...nothing, measurement };
}
