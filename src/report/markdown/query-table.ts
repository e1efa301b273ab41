import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { queryCells, queryColumns, queryNote } from '../words/evidence/query-text.js';
import { markdownTable } from './markdown-table.js';

/** Each query of a job with several, and all together; empty for a job with one. */
export function queryTable(row: ConfigurationRow, model: ReportModel): string {
  const cells = queryCells(row, model);
  return cells.length === 0 ? '' : [queryNote, markdownTable(queryColumns, cells)].join('\n\n');
}
