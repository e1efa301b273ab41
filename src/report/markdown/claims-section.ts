import type { ReportModel } from '../../model/run/report-model.js';
import { claimCells, claimColumns, claimsNote } from '../words/evidence/claim-text.js';
import { markdownTable } from './markdown-table.js';

/** What others say of the settings, with the sources, against what was measured; empty without claims. */
export function claimsSection(model: ReportModel): string[] {
  if (model.claims.length === 0) return [];
  const columns = [...claimColumns, { label: 'source', align: 'left' } as const];
  const rows = model.claims.map((one) => [...claimCells(one), one.claim.source]);
  return ['## What others say of these settings', claimsNote(model), markdownTable(columns, rows)];
}
