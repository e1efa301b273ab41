import type { NamedText } from '../../model/stand-alone-job.js';
import type { SettingRow } from '../../model/result/setting-row.js';
import type { Timeline } from '../../model/detail/timeline.js';

/** What the page shows besides the model, from the run's folder; without it, the page has less. */
export interface PageExtras {
  /** The files of `best/`. */
  readonly best?: readonly NamedText[];
  /** The course of one trial. */
  readonly timeline?: Timeline;
  /** The names of the files in a trial's folder, by the trial's id. */
  readonly files?: ReadonlyMap<string, readonly string[]>;
  /** What was asked for beside what ran, by the configuration's id. */
  readonly settings?: ReadonlyMap<string, readonly SettingRow[]>;
}
