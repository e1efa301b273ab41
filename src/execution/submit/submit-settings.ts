import type { QueryWanted } from '../../measure/deciding-query.js';
import type { MeasurementSpec } from '../../model/experiment.js';
import type { Host } from '../../model/host.js';
import type { Assignment } from '../../model/knob.js';
import type { Job, TrialInput } from '../../model/trial/job.js';
import type { ClusterThen } from '../../model/trial/outcome.js';
import type { Trial } from '../../model/trial/plan.js';
import type { TrialEnvironment } from '../../model/trial-environment.js';
import type { Secrets } from '../../process/secrets.js';
import type { SharedFolder } from '../cluster/shared-folder.js';

/** What all trials of a run are submitted with. */
export interface SubmitSettings {
  readonly job: Job;
  /** With what a configuration is submitted. */
  readonly environmentOf: (knobs: Assignment) => TrialEnvironment;
  readonly env: Host['env'];
  readonly measurement: MeasurementSpec & QueryWanted;
  readonly secrets: Secrets;
  readonly inputOf: (trial: Trial) => TrialInput;
  /** Where executors on other machines find what a trial writes; if absent, its own scratch folder. */
  readonly shared?: SharedFolder | undefined;
  /** Asks the cluster of a configuration who has its cores. */
  readonly clusterOf?: (knobs: Assignment) => Promise<ClusterThen | undefined>;
  /** Called with each line that the job or Spark writes. */
  readonly onLine?: (line: string) => void;
}
