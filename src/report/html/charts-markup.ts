import type { ReportModel } from '../../model/run/report-model.js';
import { interactionsSentence } from '../words/evidence/interaction-text.js';
import { configurationName, count } from '../words/wording.js';
import { effectsChart } from './charts/effects-chart.js';
import { interactionsChart } from './charts/interactions-chart.js';
import { noiseChart } from './charts/noise-chart.js';
import { paretoChart } from './charts/pareto-chart.js';
import { phasesChart } from './charts/phases-chart.js';
import { throughputChart } from './charts/throughput-chart.js';
import { timelineChart } from './charts/timeline-chart.js';
import { figureOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';
import { notableRows } from './notable-rows.js';
import type { PageExtras } from './page-extras.js';
import { sentenceMarkup } from './sentence-markup.js';

/** Everything that can be drawn of a run; a sentence in its place where nothing counts. */
export function chartsMarkup(model: ReportModel, { timeline }: PageExtras): Markup {
  const shown = { ...model, rows: notableRows(model) };
  const found = [
    ...[effectsChart, throughputChart, paretoChart, phasesChart].map((chart) => chart(shown)),
    timelineChart(timeline, nameOfTrial(timeline, model)),
    interactionsChart(model),
    noiseChart(model),
  ].filter((chart) => chart !== undefined);
  if (found.length === 0) return html`<p>No trial counts yet, so there is nothing to draw.</p>`;
  return html`<section>
    <h2>What was seen</h2>
    ${partNote(model.rows.length, shown.rows.length)} ${found.map(figureOf)}
    ${
      model.interactions.kind === 'estimated'
        ? nothing
        : html`<p class="note">${sentenceMarkup(interactionsSentence(model.interactions))}</p>`
    }
  </section>`;
}

/** Says that there are more configurations than are drawn; nothing if there are not. */
function partNote(all: number, shown: number): Markup {
  if (all === shown) return nothing;
  return html`<p class="note">
    ${count(shown)} of ${count(all)} configurations are drawn: the baseline, the best, those with
    failures, and those that differ most. All are in the table below.
  </p>`;
}

function nameOfTrial(timeline: PageExtras['timeline'], { run }: ReportModel): string {
  if (timeline === undefined) return '';
  return configurationName(timeline.configuration, run.experiment.baseline).replaceAll('\n', ', ');
}
