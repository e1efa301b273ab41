import { join } from 'node:path';
import { settingRows } from '../../analysis/script/setting-rows.js';
import { standAloneJob } from '../../jobs/stand-alone/stand-alone-job.js';
import type { Configuration } from '../../model/configuration.js';
import { connectorOf } from '../../model/kafka-connector.js';
import { sparkVersionKnob } from '../../model/knob.js';
import type { ReportModel } from '../../model/run/report-model.js';
import type { NamedText } from '../../model/stand-alone-job.js';
import { makeFolder } from '../../process/files/make-folder.js';
import { bestFiles } from '../../report/best/best-files.js';
import { chosenConfiguration } from '../../report/best/chosen-configuration.js';
import { unwritable, writeRunFile } from '../../store/write-run-file.js';
import { defaultSpark } from '../../toolchain/versions.js';

/** The files of `best/`; empty for a plan without a baseline. */
export function bestOf(model: ReportModel): NamedText[] {
  const chosen = chosenConfiguration(model);
  if (chosen === undefined) return [];
  const { experiment, manifest, trials } = model.run;
  const own = trials.filter(({ trial }) => trial.configuration.id === chosen.configuration.id);
  const sparkVersion = versionOf(model, chosen.configuration);
  const scala = manifest.sparks?.find(({ version }) => version === sparkVersion)?.scala;
  return bestFiles(model, chosen, {
    job: standAloneJob(experiment, chosen.configuration, settingRows(own)),
    connector: connectorOf(sparkVersion, scala),
    sparkVersion,
  });
}

/** Its own version where that is a factor, else the one that ran; a simulated run has none. */
function versionOf({ run }: ReportModel, { knobs }: Configuration): string {
  const { experiment, manifest } = run;
  const own = knobs[sparkVersionKnob] ?? null;
  if (own !== null) return String(own);
  const ran = manifest.versions.spark;
  return /^\d+\.\d+\.\d+$/.test(ran) ? ran : (experiment.sparkVersion ?? defaultSpark);
}

/** Writes `best/` into a run's folder. Throws DISK_FULL and RESULTS_UNWRITABLE. */
export async function writeBest(folder: string, files: readonly NamedText[]): Promise<void> {
  const path = join(folder, 'best');
  await makeFolder(path).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  for (const { name, text } of files) await writeRunFile(join(path, name), text);
}
