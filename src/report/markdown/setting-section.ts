import type { SettingRow } from '../../model/result/setting-row.js';
import { markdownTable } from './markdown-table.js';

/** What the script of a run asks for, and what its trials ran with; empty for the shipped job. */
export function settingSection(rows: readonly SettingRow[]): string {
  if (rows.length === 0) return '';
  const columns = ['setting', 'in the script', 'where', 'ran with', 'compared'] as const;
  return [
    '## What the script asks for',
    'The file ran unchanged; what `job.override` takes in was replaced where PySpark is called. Compared with the script, what ran is a ' +
      'match, differs, is absent (the script says nothing), or was not captured (the script never got there).',
    markdownTable(
      columns.map((label) => ({ label, align: 'left' })),
      rows.map(({ key, script, where, ranWith, words }) => [
        key,
        listed(script),
        listed(where),
        ranWith.length === 0 && script.length > 0 ? '(left out)' : listed(ranWith),
        words.join(', '),
      ]),
    ),
  ].join('\n\n');
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? '' : values.join(', ');
}
