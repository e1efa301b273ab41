import type { JarJob } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import type { OwnPlaces, StandAloneJob } from '../../model/stand-alone-job.js';
import { withValues } from '../script/knob-references.js';
import { ownReferences } from './own-references.js';

/** Somebody's jar, called where it is, with the arguments of a configuration. */
export function standAloneJar(job: JarJob, knobs: Assignment, places: OwnPlaces): StandAloneJob {
  const inText = (text: string) => withValues(text, knobs, ownReferences(places));
  const env = Object.entries(job.env).map(([key, text]) => [key, inText(text)] as const);
  return {
    files: [],
    script: job.jar,
    ...(job.mainClass === undefined ? {} : { mainClass: job.mainClass }),
    application: job.args.map(inText),
    pyFiles: [],
    env: Object.fromEntries(env),
    notes: [
      'Yours: SCRIPT, the path of the jar. It runs in its own folder.',
      `Yours too, where the arguments name them: the broker ${places.bootstrapServers}, the topic ${places.topic}, and the folders.`,
      'What the program itself sets wins over spark-defaults.conf.',
    ],
  };
}
