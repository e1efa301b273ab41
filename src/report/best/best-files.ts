import type { ReportModel } from '../../model/run/report-model.js';
import type { NamedText, StandAloneJob } from '../../model/stand-alone-job.js';
import { chosenSentences, type Chosen } from './chosen-configuration.js';
import { sparkDefaults } from './spark-defaults.js';
import { submitScript } from './submit-script.js';

/** The files of `best/`: what to run, with the settings of the configuration that was chosen. */
export function bestFiles(
  model: ReportModel,
  chosen: Chosen,
  {
    job,
    connector,
    sparkVersion,
  }: {
    readonly job: StandAloneJob;
    readonly connector: string;
    readonly sparkVersion: string;
  },
): NamedText[] {
  const head = [
    `Configuration ${chosen.configuration.id} of ${model.run.experiment.name}, ${model.run.manifest.startedAt}.`,
    ...chosenSentences(model, chosen),
  ];
  return [
    { name: 'spark-defaults.conf', text: sparkDefaults(chosen.configuration.knobs, head) },
    { name: 'submit.sh', text: submitScript({ job, connector, sparkVersion }, head) },
    ...job.files,
  ];
}
