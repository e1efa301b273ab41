import { readFileSync } from 'node:fs';
import type { Assignment } from '../../model/knob.js';
import type { OwnPlaces, StandAloneJob } from '../../model/stand-alone-job.js';
import { projectPath } from '../../process/project-paths.js';
import { jobParameters, type JobParameters } from '../template/job-parameters.js';
import { renderJob } from '../template/render-job.js';

/** The shipped job with its places beside it, and whether it reads `radio_code.json` from there. */
export function standAloneSource(
  knobs: Assignment,
  { bootstrapServers, topic }: OwnPlaces,
  options: { readonly endless: boolean },
): { readonly source: string; readonly parameters: JobParameters; readonly readsCodes: boolean } {
  const parameters = jobParameters(knobs, options);
  const source = renderJob(parameters, {
    bootstrapServers,
    topic,
    outputTopic: parameters.outputTopic ?? `${topic}-counts`,
    checkpoint: 'checkpoint',
    output: 'output',
    radioCodes: 'radio_code.json',
  });
  return { source, parameters, readsCodes: parameters.aggregation === 'join' };
}

export function standAloneTemplate(
  knobs: Assignment,
  places: OwnPlaces,
  options: { readonly endless: boolean },
): StandAloneJob {
  const { source, parameters, readsCodes } = standAloneSource(knobs, places, options);
  const codes = () => readFileSync(projectPath('data/radio_code.json'), 'utf8');
  return {
    files: [
      { name: 'data_stream.py', text: source },
      ...(readsCodes ? [{ name: 'radio_code.json', text: codes() }] : []),
    ],
    application: ['data_stream.py'],
    pyFiles: [],
    env: {},
    notes: notesOn(places, parameters),
  };
}

function notesOn({ bootstrapServers, topic }: OwnPlaces, job: JobParameters): string[] {
  return [
    `Yours: the broker (BOOTSTRAP_SERVERS, now ${bootstrapServers}) and the topic (TOPIC, now ${topic}), at the top of data_stream.py.`,
    ...(job.sink === 'noop'
      ? ['As in the trials, the result is discarded: .format("noop") is the place to change that.']
      : []),
    ...(job.sink === 'kafka' ? ['Yours too: the topic that it writes to, OUTPUT_TOPIC.'] : []),
    job.endsByItself
      ? 'It reads what is in the topic and ends; .trigger(…) is the place to change that.'
      : 'It runs until it is stopped.',
    'checkpoint/ is made beside this file and remembers what has been read. Remove it to begin again, and after a change of spark.sql.shuffle.partitions, which it would otherwise keep.',
  ];
}
