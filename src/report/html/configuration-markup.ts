import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';
import { levelText } from '../../model/knob.js';
import { attributionSentence } from '../words/attribution-text.js';
import { queryCells, queryColumns, queryNote } from '../words/evidence/query-text.js';
import { resultSentence } from '../words/evidence/result-text.js';
import { whyNotCounted } from '../words/outcome/outcome-text.js';
import { cautionText, verdictSentence } from '../words/verdict-text.js';
import { capitalised, configurationName, verdictWord, warningText } from '../words/wording.js';
import { tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';
import type { PageExtras } from './page-extras.js';
import { sentenceMarkup } from './sentence-markup.js';
import { settingsMarkup, trialTableMarkup } from './trial-markup.js';

/** A configuration behind a click: its verdicts, its knobs, its trials with links to their folders, and its failures. */
export function configurationMarkup(
  row: ConfigurationRow,
  model: ReportModel,
  extras: PageExtras,
): Markup {
  const { configuration, throughput } = row;
  const name = configurationName(configuration, model.run.experiment.baseline);
  const verdict = throughput === null ? '' : `: ${verdictWord(throughput)}`;
  const id = configuration.role === 'candidate' ? html`<code>${configuration.id}</code>` : nothing;
  const isScript = row.trials.some(({ script }) => script !== undefined);
  // A link to something within a closed <details> opens it; one to the <details> itself does not.
  return html`<details class="configuration">
    <summary>${id} ${name.replaceAll('\n', ', ')}${verdict}</summary>
    <div id="${configuration.id}">
      ${verdicts(row, model)} ${result(row)} ${queriesOf(row, model)} ${knobs(row)}
      ${settingsMarkup(extras.settings?.get(configuration.id) ?? [], isScript)}
      ${trialTableMarkup(row, extras)} ${notes(row)}
    </div>
  </details>`;
}

function verdicts({ throughput, latency, attribution }: ConfigurationRow, model: ReportModel) {
  if (throughput === null || latency === null) return nothing;
  const cautions = [...new Set([...throughput.cautions, ...latency.cautions].map(cautionText))];
  return html`<p>Throughput: ${sentenceMarkup(verdictSentence(throughput, model.delta))}</p>
    <p>Latency: ${sentenceMarkup(verdictSentence(latency, model.delta))}</p>
    ${
      attribution === null
        ? nothing
        : html`<p>Where the time goes: ${sentenceMarkup(attributionSentence(attribution))}</p>`
    }
    ${list(cautions.map((text) => `${capitalised(text)}.`))}`;
}

function result({ result: compared }: ConfigurationRow): Markup {
  return compared === null
    ? nothing
    : html`<p>Result: ${sentenceMarkup(resultSentence(compared))}</p>`;
}

function queriesOf(row: ConfigurationRow, model: ReportModel): Markup {
  const cells = queryCells(row, model);
  if (cells.length === 0) return nothing;
  return html`<p>${queryNote}</p>
    ${tableOf(queryColumns, cells)}`;
}

function knobs({ configuration }: ConfigurationRow): Markup {
  const entries = Object.entries(configuration.knobs);
  if (entries.length === 0) return nothing;
  return html`<details>
    <summary>Its knobs</summary>
    <pre
      tabindex="0"
    ><code>${entries.map(([key, level]) => `${key}=${levelText(level)}`).join('\n')}</code></pre>
  </details>`;
}

function notes({ trials, failures }: ConfigurationRow): Markup {
  const failed = failures.map(({ trial, outcome }) => {
    const tail = outcome.kind === 'failed' ? outcome.stderrTail.join('\n') : '';
    return html`<p class="warning">${trial.id} ${outcome.kind}: ${whyNotCounted(outcome) ?? ''}</p>
      ${tail === '' ? nothing : html`<pre tabindex="0"><code>${tail}</code></pre>`}`;
  });
  const warnings = trials.flatMap(({ trial, measurement }) =>
    (measurement?.warnings ?? []).map((warning) => `${trial.id}: ${warningText(warning)}.`),
  );
  return html`${failed} ${list(warnings)}`;
}

function list(texts: readonly string[]): Markup {
  if (texts.length === 0) return nothing;
  return html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}
