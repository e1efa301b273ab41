import type {
  LiveBlock,
  LiveChoice,
  LiveState,
  LiveTrial,
  LiveView,
} from '../../model/live/live-view.js';
import type { Assignment } from '../../model/knob.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { configurationName, count } from '../words/wording.js';

/** Of a block with very many trials, the neighbours of the one that is running. */
const shown = 100;

const states: Readonly<Record<LiveState, { readonly mark: string; readonly word: string }>> = {
  succeeded: { mark: '✓', word: 'done' },
  failed: { mark: '✗', word: 'failed' },
  running: { mark: '▶', word: 'running' },
  'to-come': { mark: '·', word: 'to come' },
  skipped: { mark: '–', word: 'skipped' },
};

/** The night's plan: every block with how much of it is done, and the trials of one of them. */
export function planPart({ blocks, model, status }: LiveView, { block }: LiveChoice): Markup {
  const running = blocks.find(({ trials }) => trials.some((one) => one.state === 'running'));
  const next = blocks.find(({ trials }) => trials.some((one) => one.state === 'to-come'));
  const open = blocks.find(({ number }) => number === block) ?? running ?? next ?? blocks.at(-1);
  const items = blocks.map((one) => blockItem(one, one === open));
  return html`<h2>The plan</h2>
    <ol class="blocks">
      ${items}
    </ol>
    ${open === undefined ? nothing : trialsOf(open, model.run.experiment.baseline, status.state === 'running')}`;
}

function blockItem({ number, trials, isScreening }: LiveBlock, isOpen: boolean): Markup {
  const due = trials.filter(({ state }) => state !== 'skipped');
  const over = due.filter(({ state }) => state === 'succeeded' || state === 'failed');
  const failed = over.filter(({ state }) => state === 'failed').length;
  const text = [
    `${count(over.length)} of ${count(due.length)}`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(isScreening ? ['screening'] : []),
  ].join(', ');
  const name = `Block ${count(number)}`;
  const link = isOpen
    ? html`<a href="/?block=${number}#plan" aria-current="true">${name}</a>`
    : html`<a href="/?block=${number}#plan">${name}</a>`;
  return html`<li>
    ${link}
    <progress
      value="${over.length}"
      max="${Math.max(1, due.length)}"
      aria-label="${name}"
    ></progress>
    <span>${text}</span>
  </li>`;
}

function trialsOf({ number, trials }: LiveBlock, baseline: Assignment, isLive: boolean): Markup {
  const at = Math.max(
    0,
    trials.findIndex(({ state }) => state === 'running'),
  );
  const from = Math.max(0, Math.min(at - shown / 2, trials.length - shown));
  const part = trials.slice(from, from + shown);
  return html`<h3>Block ${count(number)}</h3>
    <ol class="trials">
      ${part.map((one) => trialItem(one, baseline, isLive))}
    </ol>
    ${
      part.length < trials.length
        ? html`<p class="note">
            ${count(part.length)} of ${count(trials.length)} trials, around the one that is running.
          </p>`
        : nothing
    }`;
}

function trialItem({ trial, state, ended }: LiveTrial, baseline: Assignment, isLive: boolean) {
  const { mark, word } = states[state];
  const name = configurationName(trial.configuration, baseline).replaceAll('\n', ', ');
  const id = ended?.trial.id ?? trial.id;
  const said = state === 'to-come' && !isLive ? 'not run' : word;
  const rate = state === 'succeeded' ? `, ${count(ended?.measurement?.rowsPerSecond)} rows/s` : '';
  const hasFiles = ended !== undefined || state === 'running';
  return html`<li class="${state}">
    <span class="mark" aria-hidden="true">${mark}</span>
    <span
      >${name}
      <small
        >${hasFiles ? html`<a href="/trials/${id}/">${id}</a>` : id}: ${said}${rate}</small
      ></span
    >
  </li>`;
}
