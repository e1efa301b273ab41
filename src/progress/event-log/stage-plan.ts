import { asFields, asText, type Fields } from '../parse-progress.js';

/** A job of Spark that belongs to a batch of a streaming query. */
export interface StagePlan {
  readonly runId: string;
  readonly batchId: number;
  /** Tasks of its stages, in the order of the stages. */
  readonly tasks: readonly number[];
  /** The settings that the session has for it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Properties of a job that are no settings. */
const ofJobs = /^spark\.(?:job\.|jobGroup\.|rdd\.scope|sql\.execution\.|scheduler\.pool)/;

/** Reads a SparkListenerJobStart; undefined for a job of no streaming query. */
export function planOfJob(fields: Fields): StagePlan | undefined {
  const properties = asFields(fields['Properties']) ?? {};
  const runId = asText(properties['spark.jobGroup.id']);
  const batch = asText(properties['streaming.sql.batchId']);
  if (runId === undefined || batch === undefined) return undefined;
  return {
    ...{ runId, batchId: Number(batch) },
    tasks: tasksOf(fields['Stage Infos']),
    settings: settingsOf(properties),
  };
}

function tasksOf(value: unknown): number[] {
  const stages = (Array.isArray(value) ? value : []).map((one) => asFields(one) ?? {});
  return stages
    .map((stage) => [Number(stage['Stage ID']), Number(stage['Number of Tasks'])] as const)
    .sort(([a], [b]) => a - b)
    .map(([, tasks]) => tasks)
    .filter(Number.isFinite);
}

function settingsOf(properties: Fields): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('spark.') && !ofJobs.test(key) && typeof value === 'string') {
      settings[key] = value;
    }
  }
  return settings;
}
