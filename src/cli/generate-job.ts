import type { JarJob, ScriptJob } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { exampleTopic } from '../model/topic-name.js';
import { connectorOf } from '../model/kafka-connector.js';
import { sparkOf } from '../model/spark-request.js';
import { submitArguments } from '../spark/submit/submit-arguments.js';
import { standAloneSource } from '../jobs/stand-alone/stand-alone-template.js';
import { submitProgram } from '../toolchain/submit-program.js';
import { defaultSpark } from '../toolchain/versions.js';
import { readPlan } from '../run/read-plan.js';

interface GenerateOptions {
  readonly host: Host;
  readonly configurationId: string;
  readonly bootstrapServers: string;
  readonly topic?: string;
  /** Taken for the text of the file. */
  readonly changed?: string;
}

interface GeneratedJob {
  readonly source: string;
  /** The `spark-submit` command to run it, ready to paste. */
  readonly submitLine: string;
  /** Whether the job reads `radio_code.json` from its working directory. */
  readonly needsRadioCodes: boolean;
}

/** Generates the stand-alone job of one configuration. Throws CONFIGURATION_UNKNOWN. */
export async function generateJob(file: string, options: GenerateOptions): Promise<GeneratedJob> {
  const { host, configurationId, bootstrapServers, changed } = options;
  const { plan, experiment } = await readPlan(file, {
    host,
    ...(changed === undefined ? {} : { changed }),
  });
  if (experiment.job.kind !== 'template') throw nothingToGenerate(file, experiment.job);
  const configuration = plan.configurations.find(({ id }) => id === configurationId);
  if (configuration === undefined) {
    throw new HarnessError({
      code: 'CONFIGURATION_UNKNOWN',
      message: `${file} has no configuration ${configurationId}; it has ${plan.configurations.map(({ id }) => id).join(', ')}.`,
      hint: `See which is which: streamtune plan ${file}`,
    });
  }
  const topic = options.topic ?? String(configuration.knobs['topic.name'] ?? exampleTopic);
  const { source, readsCodes } = standAloneSource(
    configuration.knobs,
    { bootstrapServers, topic },
    { endless: experiment.measurement.mode !== 'drain' },
  );
  const spark = sparkOf(experiment, configuration.knobs);
  const { version = defaultSpark } = spark;
  const knobs = submitArguments(configuration.knobs);
  return {
    source,
    needsRadioCodes: readsCodes,
    submitLine: [
      `${await submitProgram(host, spark)} --packages ${connectorOf(version)}`,
      ...(knobs === '' ? [] : [knobs]),
      'data_stream.py',
    ].join(' \\\n  '),
  };
}

function nothingToGenerate(file: string, job: ScriptJob | JarJob): HarnessError {
  const program = job.kind === 'script' ? job.script : job.jar;
  return new HarnessError({
    code: 'USAGE',
    message: `${file} runs ${program} as it is, so there is no job to generate.`,
    hint: 'The report lists what each configuration sets, ready to paste.',
  });
}
