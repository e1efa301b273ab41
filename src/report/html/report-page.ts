import { readFileSync } from 'node:fs';
import type { ReportModel } from '../../model/run/report-model.js';
import { shellWord } from '../../model/shell-word.js';
import { projectPath } from '../../process/project-paths.js';
import { conclusionSentences } from '../words/conclusion-text.js';
import { environmentRows } from '../words/run/environment-text.js';
import { methodSentences, resumeSentences, runSentences } from '../words/run/run-text.js';
import { sensitivitySentences } from '../words/sensitivity-text.js';
import { joined } from '../words/sentence.js';
import { bestMarkup } from './best-markup.js';
import { claimsMarkup } from './claims-markup.js';
import { chartsMarkup } from './charts-markup.js';
import { costMarkup } from './cost-markup.js';
import { configurationsMarkup } from './configurations-markup.js';
import { tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';
import type { PageExtras } from './page-extras.js';
import { pasteMarkup } from './paste-markup.js';
import { sentenceMarkup } from './sentence-markup.js';

/** Nothing is loaded from anywhere, and nothing runs: the page is the file. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** `report.html`: the answer, what to paste, what was seen, and on what it rests, in one file without any request. */
export function renderHtml(model: ReportModel, extras: PageExtras = {}): string {
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
          ${head(model)} ${pasteMarkup(model)} ${bestMarkup(model, extras.best)}
          ${chartsMarkup(model, extras)} ${claimsMarkup(model)}
          ${configurationsMarkup(model, extras)} ${costMarkup(model)} ${basis(model)}
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
