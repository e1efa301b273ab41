import { placeFindings } from '../config/positions/place-findings.js';
import { withoutSuppressed } from '../config/positions/suppressions.js';
import { surveyData } from '../dataset/survey-data.js';
import { withPasswords } from '../execution/open-broker.js';
import { existingTopic } from '../execution/records/existing-topic.js';
import { recordsIn } from '../kafka/topics.js';
import type { Host } from '../model/host.js';
import { forecast, type Forecast } from '../design/forecast.js';
import { withHardCoded } from '../jobs/script/hard-coded.js';
import type { DataSurvey, Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import type { Plan } from '../model/trial/plan.js';
import type { RunIdentity } from '../model/run/run-record.js';
import { sha256 } from '../machine/describe-machine.js';
import { lintExperiment } from './findings/lint-experiment.js';
import { readPlan, type ReadPlan, type ReadPlanOptions } from './read-plan.js';

/** A checked experiment with its plan; nothing has been started. */
export interface PreparedRun extends ReadPlan {
  readonly hashes: Pick<RunIdentity['hashes'], 'experiment' | 'plan'>;
  /** What lint finds, without what the file suppresses; the most severe first. */
  readonly findings: readonly Finding[];
  readonly data: DataSurvey;
  readonly forecast: Forecast;
}

/**
 * Reads, checks and plans an experiment, and counts its records. Throws EXPERIMENT_UNREADABLE, EXPERIMENT_INVALID,
 * USAGE, DATA_UNREADABLE or DATA_INVALID, and of a topic that it names what the broker says.
 */
export async function prepareRun(given: string, options: ReadPlanOptions): Promise<PreparedRun> {
  const read = await readPlan(given, options);
  const { experiment, plan, text } = read;
  const data = await survey(experiment, options.host);
  const findings = lintExperiment(experiment, plan.configurations, data.records);
  return {
    ...read,
    hashes: hashesOf(text, plan),
    findings: withoutSuppressed(placeFindings(findings, text), text),
    data,
    forecast: forecastOf(plan, experiment, data.records),
  };
}

/** How many records the trials read. The broker of a topic is asked only where the experiment does not say. */
async function survey({ data, kafka }: Experiment, { env, signal }: Host): Promise<DataSurvey> {
  if (data.kind !== 'topic') return await surveyData(data);
  if (data.records !== undefined || kafka === undefined) {
    return { records: data.records ?? 1, how: 'declared' };
  }
  const endpoint = await withPasswords(kafka, env);
  const found = await existingTopic({ endpoint, signal }, data.topic);
  return { records: recordsIn(found), how: 'offsets' };
}

/** The forecast, by what the job itself sets where no knob does. */
export function forecastOf(plan: Plan, experiment: Experiment, records?: number): Forecast {
  const configurations = withHardCoded(plan.configurations, experiment.job);
  return forecast({ ...plan, configurations }, experiment, records);
}

/** SHA-256 of the experiment file and of its plan. */
export function hashesOf(text: string, plan: Plan): PreparedRun['hashes'] {
  return { experiment: sha256(text), plan: sha256(JSON.stringify(plan)) };
}
