import { isAsAsked } from '../../measure/faults/setting-that-differs.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import type { SettingRow, SettingWord } from '../../model/detail/setting-row.js';

/**
 * The settings of Spark that a configuration asks for, beside what its trials reported from the running session, a row
 * each. `reported`: by trial; null of one that never got that far, whose settings were not captured.
 */
export function ranSettings(
  knobs: Assignment,
  reported: readonly (Readonly<Record<string, string>> | null)[],
): SettingRow[] {
  return [...knobsOfScope(knobs, 'spark')].map(([key, asked]) => {
    const found = reported.map((conf) => (conf === null ? null : (conf[key] ?? undefined)));
    const words = found.map((value): SettingWord => {
      if (value === null) return 'not captured';
      if (value === undefined) return 'absent';
      return isAsAsked(key, asked, value) ? 'match' : 'differs';
    });
    const values = found.filter((value) => value !== null && value !== undefined);
    return {
      key,
      script: [asked],
      where: [],
      ranWith: [...new Set(values)],
      words: [...new Set(words)],
    };
  });
}
