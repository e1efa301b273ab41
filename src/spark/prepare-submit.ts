import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knobsOfScope } from '../model/knob.js';
import type { Trial } from '../model/plan.js';
import { referencesIn } from '../model/secret.js';
import type { Command } from '../process/command.js';
import { projectPath } from '../process/project-paths.js';
import { jobParameters } from './job-parameters.js';
import { renderJob } from './render-job.js';
import { submitCommand } from './submit-command.js';
import type { SubmitSettings } from './submit-executor.js';

/** Where a trial keeps what; the scratch folder does not outlive it. */
export interface TrialFiles {
  readonly directory: string;
  readonly scratch: string;
  readonly progressFile: string;
  readonly confFile: string;
}

const log4j = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
`;

/** Writes the trial's files and returns the call. Checkpoint and output are below the fresh scratch folder. */
export async function prepareSubmit(
  settings: SubmitSettings,
  trial: Trial,
  files: TrialFiles,
): Promise<Command> {
  const { measurement } = settings;
  const { directory, scratch } = files;
  const { knobs } = trial.configuration;
  const { topic, records } = settings.inputOf(trial);
  const endless = measurement.mode !== 'drain';
  const parameters = jobParameters(knobs, { endless });
  await mkdir(join(scratch, 'conf'), { recursive: true });
  await writeFile(join(scratch, 'conf', 'log4j2.properties'), log4j);
  const job = join(directory, 'data_stream.py');
  await writeFile(
    job,
    renderJob(parameters, {
      bootstrapServers: settings.bootstrapServers,
      topic,
      checkpoint: join(scratch, 'checkpoint'),
      output: join(scratch, 'output'),
      radioCodes: projectPath('data/radio_code.json'),
    }),
  );
  const command = submitCommand({
    toolchain: settings.toolchain,
    env: settings.env,
    knobs,
    confFolder: join(scratch, 'conf'),
    scratchFolder: scratch,
    application: [projectPath('spark-jobs/launcher.py'), job],
    settings: {
      ...secretSettings(trial),
      STREAMTUNE_PROGRESS_FILE: files.progressFile,
      STREAMTUNE_EFFECTIVE_CONF_FILE: files.confFile,
      STREAMTUNE_STOP_AFTER_SECONDS: measurement.windowSeconds?.toString(),
      STREAMTUNE_STOP_AFTER_RECORDS:
        parameters.endsByItself || endless ? undefined : String(records),
    },
  });
  const request = { trial, topic, records, command };
  await writeFile(join(directory, 'request.json'), `${JSON.stringify(request, null, 2)}\n`);
  const references = Object.values(knobs).flatMap(referencesIn);
  return { ...command, env: { ...settings.secrets.envFor(references), ...command.env } };
}

/** Which passwords the launcher looks up, by their names; nothing where there are none. */
function secretSettings({ configuration: { knobs } }: Trial): Record<string, string> {
  const references = Object.values(knobs)
    .flatMap(referencesIn)
    .map(({ text }) => text);
  if (references.length === 0) return {};
  const conf = [...knobsOfScope(knobs, 'spark')].filter(
    ([, text]) => referencesIn(text).length > 0,
  );
  return { STREAMTUNE_SECRETS: JSON.stringify({ conf: Object.fromEntries(conf), references }) };
}
