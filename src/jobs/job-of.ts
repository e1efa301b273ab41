import type { Experiment } from '../model/experiment.js';
import type { Job } from '../model/trial/job.js';
import { jarJob } from './jar/jar-job.js';
import { scriptJob } from './script/script-job.js';
import { templateJob } from './template/template-job.js';

/** The job of an experiment; the only place that depends on its kind. */
export function jobOf({ measurement, job }: Pick<Experiment, 'measurement' | 'job'>): Job {
  switch (job.kind) {
    case 'template':
      return templateJob(measurement, job);
    case 'script':
      return scriptJob(measurement, job);
    case 'jar':
      return jarJob(measurement, job);
  }
}
