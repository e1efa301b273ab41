import type { ReportModel } from '../../model/run/report-model.js';
import { comparisonColumns } from '../comparison-columns.js';
import { resultLine } from '../words/evidence/result-text.js';
import { ablationSentence } from '../words/confirmed-text.js';
import { configurationMarkup } from './configuration-markup.js';
import { linesOf, tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';
import { notableRows } from './notable-rows.js';
import type { PageExtras } from './page-extras.js';
import { sentenceMarkup } from './sentence-markup.js';

/** The keys that matter, the table of all configurations, and each of them behind a click. */
export function configurationsMarkup(model: ReportModel, extras: PageExtras): Markup {
  const columns = comparisonColumns(model);
  const shown = notableRows(model);
  const linked = new Set(shown.map(({ configuration }) => configuration.id));
  const cells = model.rows.map((row) => {
    const { id } = row.configuration;
    const texts = columns.map((column) => column.cell(row));
    if (!linked.has(id)) return texts;
    const [name = '', ...figures] = texts;
    return [html`<a href="#${id}">${linesOf(name)}</a>`, ...figures];
  });
  return html`${keys(model)}
    <section>
      <h2>All configurations</h2>
      ${tableOf(columns, cells)} ${results(model)}
      ${shown.map((row) => configurationMarkup(row, model, extras))}
      ${model.rows.length === shown.length ? nothing : elsewhere}
    </section>`;
}

/** Whether all wrote the same as the baseline, in one line. */
function results(model: ReportModel): Markup {
  const line = resultLine(model);
  return line === undefined ? nothing : html`<p class="note">${line}</p>`;
}

const elsewhere = html`<p class="note">
  The other configurations, with their trials, are in <a href="report.md">report.md</a>.
</p>`;

function keys(model: ReportModel): Markup {
  if (model.ablations.length === 0) return nothing;
  const items = model.ablations.map(
    (one) => html`<li>${sentenceMarkup(ablationSentence(one, model))}</li>`,
  );
  return html`<section>
    <h2>Which of its keys matter</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}
