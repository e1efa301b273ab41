import type { SettingRow, SettingWord } from '../../../model/detail/setting-row.js';
import { shortList } from '../../../model/short-list.js';

const told: Readonly<Record<Exclude<SettingWord, 'match'>, string>> = {
  differs: 'The script asks for something else (differs)',
  absent: 'The script says nothing of (absent)',
  'not captured': 'The script never got to (not captured)',
};

/** More than these are told by their number: report.md has all. */
const mostNamed = 6;

/** A line for each word that is not a match, with the settings that it is said of; nothing for the shipped job. */
export function settingLines(rows: readonly SettingRow[]): string[] {
  return (['differs', 'absent', 'not captured'] as const).flatMap((word) => {
    const found = rows.filter(({ words }) => words.includes(word));
    if (found.length === 0) return [];
    const named = found.map((row) => settingText(row, word));
    return [`${told[word]}: ${shortList(named, mostNamed)}.`];
  });
}

/** `source.maxOffsetsPerTrigger (200 in job.py:14, ran with 500)`. */
function settingText({ key, script, where, ranWith }: SettingRow, word: SettingWord): string {
  if (word !== 'differs') return key;
  const ran = ranWith.length === 0 ? 'left out' : `ran with ${ranWith.join(' and ')}`;
  const place = where.length === 0 ? '' : ` in ${where.join(', ')}`;
  return `${key} (${script.join(' and ')}${place}, ${ran})`;
}
