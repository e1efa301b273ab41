import { asFields, asText, parseJson, type Fields } from '../parse-progress.js';
import { planOfJob, type StagePlan } from './stage-plan.js';

/** What one line of an event log says of a job. */
interface Told {
  /** Events as the launcher's listener writes them, without their time. */
  readonly events: readonly Fields[];
  /** The settings of the session as far as the log has told them, if the line has added to them. */
  readonly settings?: Settings;
}
type Settings = Readonly<Record<string, string>>;

/** Not the first one, which may read a different number of records; the launcher looks at this one, too. */
const batchToLookAt = 2;
const nothing: Told = { events: [] };

/**
 * Translates the lines of Spark's event log, one after the other. The settings are those that the application starts
 * with (SparkListenerEnvironmentUpdate), and then those that a batch runs with: Spark hands the session's settings of
 * SQL to each of its jobs as properties (`SQLExecution.withSQLConfPropagated`). None are told before a query has started.
 */
export function eventTranslator(): (line: string) => Told {
  let settings: Settings = {};
  const plans = new Map<string, StagePlan>();
  const takeJob = (fields: Fields): Told => {
    const plan = planOfJob(fields);
    if (plan === undefined) return nothing;
    const isFirst = !plans.has(plan.runId);
    plans.set(plan.runId, plan);
    if (!isFirst) return nothing;
    settings = { ...settings, ...plan.settings };
    return { events: [], settings };
  };
  const takeProgress = (progress: Fields): Told => {
    const event = { event: 'progress', progress };
    const plan = plans.get(asText(progress['runId']) ?? '');
    if (progress['batchId'] !== batchToLookAt || plan?.batchId !== batchToLookAt) {
      return { events: [event] };
    }
    return { events: [event, { event: 'tasks', runId: plan.runId, stages: plan.tasks }] };
  };
  const of: Readonly<Record<string, (fields: Fields) => Told>> = {
    SparkListenerEnvironmentUpdate: (fields) => {
      settings = textsOf(fields['Spark Properties']);
      return nothing;
    },
    SparkListenerJobStart: takeJob,
    QueryStartedEvent: (fields) => ({ events: [startOf(fields)], settings }),
    QueryProgressEvent: ({ progress }) => takeProgress(asFields(progress) ?? {}),
    QueryIdleEvent: ({ runId }) => ({ events: [{ event: 'idle', runId }] }),
    QueryTerminatedEvent: (fields) => ({ events: [endOf(fields)] }),
  };
  return (line) => {
    const fields = asFields(parseJson(line)) ?? {};
    const name = asText(fields['Event'])?.split('$').at(-1) ?? '';
    return Object.hasOwn(of, name) ? (of[name]?.(fields) ?? nothing) : nothing;
  };
}

function startOf({ id, runId, name = null }: Fields): Fields {
  return { event: 'started', id, runId, name };
}

function endOf({ runId, exception = null }: Fields): Fields {
  return { event: 'terminated', runId, exception };
}

function textsOf(value: unknown): Settings {
  const texts: Record<string, string> = {};
  for (const [key, text] of Object.entries(asFields(value) ?? {})) {
    if (typeof text === 'string') texts[key] = text;
  }
  return texts;
}
