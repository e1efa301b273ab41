import type { MeasurementSpec, ScriptJob } from '../../model/experiment.js';
import { sparkKafkaOptions } from '../../model/kafka-client-settings.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { referencesIn } from '../../model/secret.js';
import type { TrialFiles, TrialInput } from '../../model/trial/job.js';
import { scriptRecordFile } from '../../spark/script-record.js';
import { trialPlaces } from '../trial-places.js';
import { jobParameters } from '../template/job-parameters.js';

/** What `spark-jobs/script_run.py` reads: the trial's values, and which of a script's own they may replace. */
interface GivenValues {
  readonly override: ScriptJob['override'];
  readonly source: Readonly<Record<string, string>>;
  readonly trigger: readonly [argument: string, value: string | boolean];
  readonly conf: Readonly<Record<string, string>>;
  /** Null: the script's own. */
  readonly sink: string | null;
  readonly servers: string;
  /** What source, sink and admin client need to log in, by option. */
  readonly kafka: Readonly<Record<string, string>>;
  readonly outputTopic: string;
  /** Folders. */
  readonly checkpoint: string;
  readonly output: string;
  readonly record: string;
}

interface GivenParts {
  readonly job: ScriptJob;
  readonly knobs: Assignment;
  readonly files: TrialFiles;
  readonly input: TrialInput;
  readonly mode: MeasurementSpec['mode'];
}

/** The values of one trial; passwords stay references. */
export function givenValues({ job, knobs, files, input, mode }: GivenParts): GivenValues {
  const { sourceOptions, triggerArgument, triggerValue } = jobParameters(knobs, {
    endless: mode !== 'drain',
    startingOffsets: input.startingOffsets,
  });
  const servers = bootstrapServersOf(input.endpoint);
  const kafka = Object.fromEntries(sparkKafkaOptions(input.endpoint));
  const conf = [...knobsOfScope(knobs, 'spark')].filter(
    ([, text]) => referencesIn(text).length === 0,
  );
  return {
    override: job.override,
    source: {
      'kafka.bootstrap.servers': servers,
      subscribe: input.topic,
      ...kafka,
      ...Object.fromEntries(sourceOptions),
    },
    trigger: [triggerArgument, triggerValue],
    conf: Object.fromEntries(conf),
    sink: knobsOfScope(knobs, 'job').get('sink') ?? null,
    servers,
    kafka,
    outputTopic: input.outputTopic,
    ...trialPlaces(files, job),
    record: scriptRecordFile(files),
  };
}
