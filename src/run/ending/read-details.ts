import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ranSettings } from '../../analysis/detail/ran-settings.js';
import { timelineOf, typicalTrial } from '../../analysis/detail/timeline.js';
import { settingRows } from '../../analysis/script/setting-rows.js';
import { tookTurns } from '../../measure/without-waits.js';
import { decidingEvents, measuredQuery } from '../../measure/deciding-query.js';
import { declaredWarmup } from '../../model/declared-warmup.js';
import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import type { SettingRow } from '../../model/detail/setting-row.js';
import type { Timeline } from '../../model/detail/timeline.js';
import { readRegularFile } from '../../process/files/read-regular-file.js';
import { parseProgressText } from '../../progress/listener-file.js';
import { chosenConfiguration } from '../../report/best/chosen-configuration.js';
import { notableRows } from '../../report/html/notable-rows.js';
import type { PageExtras } from '../../report/html/page-extras.js';
import { readEffectiveConf } from '../../spark/effective-conf.js';
import { trialFolder } from '../../store/trial-folder.js';

type Details = Pick<PageExtras, 'files' | 'settings'> & { readonly timeline?: Timeline };

/** What the page shows of the trials' own folders; whatever cannot be read there is left out. */
export async function readDetails(folder: string, model: ReportModel): Promise<Details> {
  const files = new Map<string, readonly string[]>();
  const settings = new Map<string, readonly SettingRow[]>();
  for (const row of notableRows(model)) {
    for (const { trial } of row.trials) {
      files.set(trial.id, await readdir(trialFolder(folder, trial)).catch(() => []));
    }
    settings.set(row.configuration.id, await settingsOf(folder, row, files));
  }
  const timeline = await readTimeline(folder, model);
  return { files, settings, ...(timeline === undefined ? {} : { timeline }) };
}

async function settingsOf(
  folder: string,
  { configuration, trials }: ConfigurationRow,
  files: ReadonlyMap<string, readonly string[]>,
): Promise<readonly SettingRow[]> {
  if (trials.some(({ script }) => script !== undefined)) return settingRows(trials);
  // A simulated trial has no call, and so no settings.
  const submitted = trials.filter(({ trial }) => files.get(trial.id)?.includes('request.json'));
  const reported = await Promise.all(
    submitted.map(({ trial }) =>
      readEffectiveConf(join(trialFolder(folder, trial), 'effective-conf.json')),
    ),
  );
  return reported.length === 0 ? [] : ranSettings(configuration.knobs, reported);
}

/** A typical trial of the best configuration, or of the baseline where there is none. */
async function readTimeline(folder: string, model: ReportModel): Promise<Timeline | undefined> {
  const id = chosenConfiguration(model)?.configuration.id;
  const row = model.rows.find(({ configuration }) => configuration.id === id);
  const typical = row === undefined ? undefined : typicalTrial(row);
  if (typical === undefined) return undefined;
  const file = join(trialFolder(folder, typical.trial), 'progress.ndjson');
  const text = await readRegularFile(file).catch(() => '');
  const { query, ...spec } = measuredQuery(model.run.experiment);
  const { events } = decidingEvents(parseProgressText(text), query);
  const batches = events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []));
  const declaredSeconds = declaredWarmup(spec, typical.session !== undefined);
  const course = { declaredSeconds, inTurns: tookTurns(events) };
  return timelineOf(typical.trial, batches, course);
}
