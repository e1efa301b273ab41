import type { Configuration } from '../../model/configuration.js';
import type { Experiment } from '../../model/experiment.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import { knobsOfScope } from '../../model/knob.js';
import type { SettingRow } from '../../model/detail/setting-row.js';
import type { OwnPlaces, StandAloneJob } from '../../model/stand-alone-job.js';
import { exampleTopic } from '../../model/topic-name.js';
import { standAloneJar } from './stand-alone-jar.js';
import { standAloneScript } from './stand-alone-script.js';
import { standAloneTemplate } from './stand-alone-template.js';

/** The job of a configuration as it ran, for its owner to run. `asked`: what a script asks for itself. */
export function standAloneJob(
  experiment: Experiment,
  { knobs }: Pick<Configuration, 'knobs'>,
  asked: readonly SettingRow[],
): StandAloneJob {
  const { job, data, measurement, kafka } = experiment;
  const places: OwnPlaces = {
    bootstrapServers: kafka === undefined ? 'localhost:9092' : bootstrapServersOf(kafka),
    topic:
      data.kind === 'topic'
        ? data.topic
        : (knobsOfScope(knobs, 'topic').get('name') ?? exampleTopic),
    ...(kafka === undefined ? {} : { security: kafka.security }),
  };
  switch (job.kind) {
    case 'template':
      return standAloneTemplate(knobs, places, { endless: measurement.mode !== 'drain' });
    case 'script':
      return standAloneScript(job, knobs, { places, asked });
    case 'jar':
      return standAloneJar(job, knobs, places);
  }
}
