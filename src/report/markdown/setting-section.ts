import type { SettingRow } from '../../model/detail/setting-row.js';
import { markdownTable } from './markdown-table.js';

/** What the script of a run asks for, and what its trials ran with; empty for the shipped job. */
export function settingSection(rows: readonly SettingRow[]): string {
  if (rows.length === 0) return '';
  if (rows.some(({ askedBy }) => askedBy === 'experiment')) return jarSection(rows);
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

/** What the experiment asks of a jar, and what its event log says. */
function jarSection(rows: readonly SettingRow[]): string {
  const columns = ['setting', 'in the experiment', 'ran with', 'compared'] as const;
  return [
    '## What the jar ran with',
    "The program ran unchanged. Compared with the experiment, what the session's event log says is a match, differs (the program sets " +
      'it itself), is absent (the session does not have it), or was not captured (it is no setting of Spark: the program was told, and ' +
      'what it did with it is not in the log).',
    markdownTable(
      columns.map((label) => ({ label, align: 'left' })),
      rows.map(({ key, script, ranWith, words }) => [
        key,
        listed(script),
        listed(ranWith),
        words.join(', '),
      ]),
    ),
  ].join('\n\n');
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? '' : values.join(', ');
}
