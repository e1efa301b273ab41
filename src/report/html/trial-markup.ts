import type { ConfigurationRow } from '../../model/run/report-model.js';
import type { SettingRow } from '../../model/result/setting-row.js';
import { trialColumnsOf } from '../trial-columns.js';
import { tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';
import type { PageExtras } from './page-extras.js';
import { sentenceMarkup } from './sentence-markup.js';

/** A file of a trial by what it is for its reader. */
const names: Readonly<Record<string, string>> = {
  'stderr.log': 'log',
  'stdout.log': 'output',
  'request.json': 'call',
  'data_stream.py': 'job',
  'given.json': 'given',
  'asked.json': 'asked',
  'effective-conf.json': 'settings',
  'progress.ndjson': 'progress',
};

/** The trials of a configuration with their figures, and links to the files that each has left. */
export function trialTableMarkup(row: ConfigurationRow, { files }: PageExtras): Markup {
  if (row.trials.length === 0) return html`<p>No trial of it has ended.</p>`;
  const columns = trialColumnsOf(row);
  const isLinked = row.trials.some(({ trial }) => (files?.get(trial.id)?.length ?? 0) > 0);
  const cells = row.trials.map((record) => [
    ...columns.map(({ cell }) => {
      const found = cell(record);
      return typeof found === 'string' ? found : sentenceMarkup(found);
    }),
    ...(isLinked ? [fileLinks(record.trial.id, files?.get(record.trial.id) ?? [])] : []),
  ]);
  const label = { label: 'its files', align: 'left' } as const;
  return tableOf(isLinked ? [...columns, label] : columns, cells);
}

function fileLinks(trial: string, found: readonly string[]): Markup {
  const links = Object.entries(names)
    .filter(([name]) => found.includes(name))
    .map(([name, text]) => html`<a href="trials/${trial}/${name}">${text}</a> `);
  return html`${links}`;
}

/** What was asked for beside what ran, behind a click that says whether all of it is the same; empty without either. */
export function settingsMarkup(rows: readonly SettingRow[], isScript: boolean): Markup {
  if (rows.length === 0) return nothing;
  const asked = isScript ? 'in the script' : 'asked for';
  return html`<details>
    <summary>Its settings: ${countsOf(rows)}</summary>
    ${tableOf(
      ['setting', asked, ...(isScript ? ['where'] : []), 'ran with', 'compared'].map((label) => ({
        label,
        align: 'left',
      })),
      rows.map(({ key, script, where, ranWith, words }) => [
        key,
        script.join(', '),
        ...(isScript ? [where.join(', ')] : []),
        ranWith.join(', '),
        words.join(', '),
      ]),
    )}
  </details>`;
}

/** `12 match, 1 absent`. */
function countsOf(rows: readonly SettingRow[]): string {
  return (['match', 'differs', 'absent', 'not captured'] as const)
    .map((word) => ({ word, number: rows.filter(({ words }) => words.includes(word)).length }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${String(number)} ${word}`)
    .join(', ');
}
