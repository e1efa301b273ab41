import { dirname } from 'node:path';
import type { ScriptJob } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import type { SettingRow } from '../../model/result/setting-row.js';
import type { OwnPlaces, StandAloneJob } from '../../model/stand-alone-job.js';
import { withValues } from '../script/knob-references.js';
import { overridesFile } from './overrides-file.js';

/** Somebody's script, called where it is; what trials put in place of its own values is in `overrides.py`. */
export function standAloneScript(
  job: ScriptJob,
  knobs: Assignment,
  { places, asked }: { readonly places: OwnPlaces; readonly asked: readonly SettingRow[] },
): StandAloneJob {
  const inText = (text: string) =>
    withValues(text, knobs, {
      'kafka.bootstrapServers': places.bootstrapServers,
      'kafka.topic': places.topic,
      'kafka.outputTopic': `${places.topic}-counts`,
    });
  const env = Object.entries(job.env).map(([key, text]) => [key, inText(text)] as const);
  const texts = [...job.args, ...Object.values(job.env)];
  return {
    files: [{ name: 'overrides.py', text: overridesFile(job, knobs, asked) }],
    script: job.script,
    application: job.args.map(inText),
    pyFiles: job.pyFiles,
    env: Object.fromEntries(env),
    notes: [
      `Yours: SCRIPT, the path of the script. It runs in its own folder, here ${dirname(job.script)}.`,
      ...(texts.some((text) => text.includes('${kafka.'))
        ? [`Yours too: the broker ${places.bootstrapServers} and the topic ${places.topic} below.`]
        : ['The broker and the topic are those of the script.']),
      'What the script itself sets wins over spark-defaults.conf: overrides.py lists what to change in it.',
    ],
  };
}
