import { join } from 'node:path';
import { settingRows } from '../../analysis/script/setting-rows.js';
import { standAloneJob } from '../../jobs/stand-alone/stand-alone-job.js';
import type { ReportModel } from '../../model/run/report-model.js';
import type { NamedText } from '../../model/stand-alone-job.js';
import { makeFolder } from '../../process/files/make-folder.js';
import { bestFiles } from '../../report/best/best-files.js';
import { chosenConfiguration } from '../../report/best/chosen-configuration.js';
import { unwritable, writeRunFile } from '../../store/write-run-file.js';
import { defaultSpark, scalaOf } from '../../toolchain/versions.js';

/** The files of `best/`; empty for a plan without a baseline. */
export function bestOf(model: ReportModel): NamedText[] {
  const chosen = chosenConfiguration(model);
  if (chosen === undefined) return [];
  const { experiment, manifest, trials } = model.run;
  const own = trials.filter(({ trial }) => trial.configuration.id === chosen.configuration.id);
  const ran = manifest.versions.spark;
  const sparkVersion = /^\d+\.\d+\.\d+$/.test(ran)
    ? ran
    : (experiment.sparkVersion ?? defaultSpark);
  return bestFiles(model, chosen, {
    job: standAloneJob(experiment, chosen.configuration, settingRows(own)),
    connector: `org.apache.spark:spark-sql-kafka-0-10_${scalaOf(sparkVersion)}:${sparkVersion}`,
    sparkVersion,
  });
}

/** Writes `best/` into a run's folder. Throws DISK_FULL and RESULTS_UNWRITABLE. */
export async function writeBest(folder: string, files: readonly NamedText[]): Promise<void> {
  const path = join(folder, 'best');
  await makeFolder(path).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  for (const { name, text } of files) await writeRunFile(join(path, name), text);
}
