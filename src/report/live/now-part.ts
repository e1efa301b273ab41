import type { CurrentTrial, LiveView } from '../../model/live/live-view.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import type { Column } from '../column.js';
import { tableOf } from '../html/figure.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { configurationName, count } from '../words/wording.js';

/** Of the newest; all are in the trial's folder. */
const shownBatches = 8;

/** The trial that is running, with its batches as they end; nothing once the run has ended. */
export function nowPart({ current, model, status }: LiveView): Markup {
  if (status.state !== 'running') return nothing;
  if (current === null) {
    return html`<h2>Now</h2>
      <p>No trial is running: the run gets ready, or is between two trials.</p>`;
  }
  const { trial } = current;
  const name = configurationName(trial.configuration, model.run.experiment.baseline);
  return html`<h2>Now: <code>${trial.id}</code></h2>
    <p>${name.replaceAll('\n', ', ')}</p>
    ${batchesOf(current)} ${uiOf(current)}`;
}

function batchesOf({ batches, trial }: CurrentTrial): Markup {
  const log = html`<a href="/trials/${trial.id}/">its files</a>`;
  if (batches.length === 0) return html`<p>Starting: no batch has ended yet. See ${log}.</p>`;
  const rows = batches.reduce((sum, one) => sum + one.numInputRows, 0);
  const ms = batches.reduce((sum, one) => sum + msOf(one), 0);
  const fastest = Math.max(...batches.map(rateOf), 1);
  const several = new Set(batches.map(({ runId }) => runId)).size > 1;
  const columns: Column[] = [
    ...(several ? [{ label: 'query', align: 'left' } as const] : []),
    { label: 'batch', align: 'right' },
    { label: 'rows', align: 'right' },
    { label: 'ms', align: 'right' },
    { label: 'rows/s', align: 'right' },
    { label: '', align: 'left' },
  ];
  const cells = batches
    .slice(-shownBatches)
    .reverse()
    .map((one) => [
      ...(several ? [one.name ?? one.runId.slice(0, 8)] : []),
      count(one.batchId),
      count(one.numInputRows),
      count(msOf(one)),
      count(rateOf(one)),
      bar(rateOf(one) / fastest),
    ]);
  return html`<p>
      ${batches.length === 1 ? '1 batch' : `${count(batches.length)} batches`},
      <strong>${count(ms > 0 ? (1_000 * rows) / ms : 0)} rows/s</strong> over them, warm-up
      included. See ${log}.
    </p>
    ${tableOf(columns, cells)}`;
}

function uiOf({ sparkUi }: CurrentTrial): Markup {
  return sparkUi === undefined
    ? html`<p class="note">
        Measured trials run without the Spark UI; <code>streamtune submit FILE --config ID</code>
        shows one configuration with it.
      </p>`
    : html`<p><a href="${sparkUi}">Spark UI of this trial</a></p>`;
}

function bar(share: number): Markup {
  const width = `${String(Math.round(100 * Math.min(1, Math.max(0, share))))}%`;
  return html`<svg class="bar" aria-hidden="true"><rect width="${width}" height="100%" /></svg>`;
}

function msOf({ durationMs }: QueryProgress): number {
  return durationMs['triggerExecution'] ?? 0;
}

function rateOf(one: QueryProgress): number {
  const ms = msOf(one);
  return ms > 0 ? (1_000 * one.numInputRows) / ms : 0;
}
