import type { ReportModel } from '../../model/run/report-model.js';
import { costColumns, costRows, costSentences } from '../words/cost-text.js';
import { tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';

/** What a million rows cost in each configuration; nothing where nobody knows what it was given. */
export function costMarkup(model: ReportModel): Markup {
  const rows = costRows(model);
  if (rows.length === 0) return nothing;
  return html`<section>
    <h2>Cost</h2>
    <p>${costSentences(model).join(' ')}</p>
    ${tableOf(costColumns(model), rows)}
  </section>`;
}
