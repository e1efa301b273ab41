import type { LiveView } from '../../model/live/live-view.js';
import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { comparisonColumns } from '../comparison-columns.js';
import { tableOf } from '../html/figure.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { count } from '../words/wording.js';

/** A page is no place for more. */
const shown = 100;

/** All configurations with their figures so far; each verdict comes at its look, and not before. */
export function estimatesPart({ model }: LiveView): Markup {
  const columns = comparisonColumns(model);
  const rows = chosen(model);
  return html`<h2>${model.judgedAt === null ? 'Estimates so far' : 'All configurations'}</h2>
    ${
      model.judgedAt === null
        ? html`<p class="note">
            Not judged yet: whoever judges a run whenever somebody looks finds something in two
            nights of five.
          </p>`
        : nothing
    }
    ${tableOf(
      columns,
      rows.map((row) => columns.map((column) => column.cell(row))),
    )}
    ${
      rows.length < model.rows.length
        ? html`<p class="note">
            The fastest ${count(rows.length)} of ${count(model.rows.length)} configurations; all are
            in the <a href="/report.html">report</a>.
          </p>`
        : nothing
    }`;
}

/** All of them in the order of the plan; of very many the baseline and the fastest. */
function chosen({ rows }: ReportModel): readonly ConfigurationRow[] {
  if (rows.length <= shown) return rows;
  const rate = (row: ConfigurationRow) =>
    row.configuration.role === 'baseline' ? Infinity : (row.rowsPerSecond?.median ?? -1);
  return [...rows].sort((a, b) => rate(b) - rate(a)).slice(0, shown);
}
