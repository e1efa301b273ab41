import { readFileSync } from 'node:fs';
import type { ReportModel } from '../../model/run/report-model.js';
import type { NamedText } from '../../model/stand-alone-job.js';
import { shellWord } from '../../model/shell-word.js';
import { projectPath } from '../../process/project-paths.js';
import { comparisonColumns } from '../comparison-columns.js';
import { ablationSentence } from '../words/confirmed-text.js';
import { conclusionSentences } from '../words/conclusion-text.js';
import { environmentRows } from '../words/run/environment-text.js';
import { methodSentences, resumeSentences, runSentences } from '../words/run/run-text.js';
import { sensitivitySentences } from '../words/sensitivity-text.js';
import { joined } from '../words/sentence.js';
import { effectsChart } from './charts/effects-chart.js';
import { noiseChart } from './charts/noise-chart.js';
import { paretoChart } from './charts/pareto-chart.js';
import { phasesChart } from './charts/phases-chart.js';
import { throughputChart } from './charts/throughput-chart.js';
import { bestMarkup } from './best-markup.js';
import { configurationMarkup } from './configuration-markup.js';
import { figureOf, tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';
import { pasteMarkup } from './paste-markup.js';
import { sentenceMarkup } from './sentence-markup.js';

/** Nothing is loaded from anywhere, and nothing runs: the page is the file. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** What the page shows besides the model: from the run's folder. */
export interface PageExtras {
  /** The files of `best/`. */
  readonly best?: readonly NamedText[];
}

/** `report.html`: the answer, what to paste, what was seen, and on what it rests, in one file without any request. */
export function renderHtml(model: ReportModel, { best = [] }: PageExtras = {}): string {
  const { experiment } = model.run;
  const style = { html: readFileSync(projectPath('pages/report.css'), 'utf8') };
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${experiment.name}: streamtune</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          ${head(model)} ${pasteMarkup(model)} ${bestMarkup(model, best)} ${charts(model)} ${tables(model)} ${basis(model)}
        </main>
      </body>
    </html> `;
  return `${page.html.trim()}\n`;
}

function head(model: ReportModel): Markup {
  const { experiment } = model.run;
  const [answer = [], ...more] = conclusionSentences(model);
  return html`<header>
    <h1>${experiment.name}</h1>
    <p class="answer${model.conclusion.controlFailed ? ' warning' : ''}">
      ${sentenceMarkup(answer)}
    </p>
    ${more.length === 0 ? nothing : html`<p>${sentenceMarkup(joined(more, ' '))}</p>`}
    <p class="note">${experiment.description}</p>
    ${[...runSentences(model), ...resumeSentences(model)].map(
      (one) => html`<p class="note">${sentenceMarkup(one)}</p>`,
    )}
  </header>`;
}

function charts(model: ReportModel): Markup {
  const found = [effectsChart, throughputChart, paretoChart, phasesChart, noiseChart]
    .map((chart) => chart(model))
    .filter((chart) => chart !== undefined);
  if (found.length === 0) return html`<p>No trial counts yet, so there is nothing to draw.</p>`;
  return html`<section>
    <h2>What was seen</h2>
    ${found.map(figureOf)}
  </section>`;
}

function tables(model: ReportModel): Markup {
  const columns = comparisonColumns(model);
  const keys = model.ablations.map(
    (one) => html`<li>${sentenceMarkup(ablationSentence(one, model))}</li>`,
  );
  return html`${
      keys.length === 0
        ? nothing
        : html`<section>
            <h2>Which of its keys matter</h2>
            <ul>
              ${keys}
            </ul>
          </section>`
    }
    <section>
      <h2>All configurations</h2>
      ${tableOf(
        columns,
        model.rows.map((row) => columns.map((column) => column.cell(row))),
      )}
      ${model.rows.map((row) => configurationMarkup(row, model))}
    </section>`;
}

function basis(model: ReportModel): Markup {
  const columns = [
    { label: 'what', align: 'left' },
    { label: 'value', align: 'left' },
  ] as const;
  return html`<section>
      <h2>What this run could detect</h2>
      <p>${sensitivitySentences(model).join(' ')}</p>
      <h2>How it was measured</h2>
      <p>${sentenceMarkup(joined(methodSentences(model), ' '))}</p>
    </section>
    <section>
      <h2>Environment</h2>
      ${tableOf(columns, environmentRows(model))}
      <h2>Repeat it</h2>
      <pre tabindex="0"><code>${model.run.manifest.argv.map(shellWord).join(' ')}</code></pre>
    </section>`;
}
