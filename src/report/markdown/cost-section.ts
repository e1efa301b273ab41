import type { ReportModel } from '../../model/run/report-model.js';
import { costColumns, costRows, costSentences } from '../words/cost-text.js';
import { markdownTable } from './markdown-table.js';
import { markdownText } from './markdown-text.js';

/** What a million rows cost in each configuration; empty where nobody knows what it was given. */
export function costSection(model: ReportModel): string {
  const rows = costRows(model);
  if (rows.length === 0) return '';
  return [
    '## Cost',
    markdownText(costSentences(model).join(' ')),
    markdownTable(costColumns(model), rows),
  ].join('\n\n');
}
