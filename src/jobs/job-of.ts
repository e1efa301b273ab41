import type { Experiment } from '../model/experiment.js';
import type { Job } from '../model/trial/job.js';
import { templateJob } from './template/template-job.js';

/** The constructor of each kind of job. */
const kinds: Readonly<Record<Experiment['job']['kind'], (experiment: Experiment) => Job>> = {
  template: ({ measurement, job }) => templateJob(measurement, job),
};

/** The job of an experiment; the only place that depends on its kind. */
export function jobOf(experiment: Experiment): Job {
  return kinds[experiment.job.kind](experiment);
}
