import type { LiveView } from '../../model/live/live-view.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { sentenceMarkup } from '../html/sentence-markup.js';
import { conclusionSentences } from '../words/conclusion-text.js';
import { capitalisedState } from '../words/run/status-text.js';
import { journalSentences, runSentences } from '../words/run/run-text.js';
import { toPlainText, type Sentence } from '../words/sentence.js';
import { count, plural } from '../words/wording.js';
import { clockText } from './clock-text.js';

/** Where the run stands: the answer so far, how much is done, and when it ends. */
export function summaryPart(view: LiveView): Markup {
  const { status, model, problem } = view;
  const [answer = []] = conclusionSentences(model);
  return html`<p class="answer${model.conclusion.controlFailed ? ' warning' : ''}">
      ${sentenceMarkup(answer)}
    </p>
    ${problem === null ? nothing : html`<p class="warning">${problem}</p>`}
    <label class="done">
      <progress value="${status.ended}" max="${Math.max(1, status.planned)}"></progress>
      <span>${doneText(view)}</span>
    </label>
    ${notes(view).map((one) => html`<p class="note">${sentenceMarkup(one)}</p>`)}`;
}

/** Of a run that goes on, the bar says how far it is. */
function notes({ status, model }: LiveView): Sentence[] {
  return status.state === 'running'
    ? [[`Started ${clockText(status.startedAt)}.`], ...journalSentences(model)]
    : runSentences(model);
}

function doneText({ status }: LiveView): string {
  const { ended, planned, endsAt, state } = status;
  const done = `${count(ended)} of ${count(planned)} trials`;
  if (state !== 'running') return `${done}. ${toPlainText(capitalisedState(state))}.`;
  return endsAt === null ? `${done}.` : `${done}. Ends about ${clockText(endsAt)}.`;
}

/** What a screen reader is told when it changes: not each batch, but each block, each failure, and the end. */
export function saidText({ status, blocks }: LiveView): string {
  const { state, failures } = status;
  if (state !== 'running') return `The run has ended. ${toPlainText(capitalisedState(state))}.`;
  const running = blocks.find(({ trials }) => trials.some((one) => one.state === 'running'));
  const where =
    running === undefined
      ? ''
      : `Block ${count(running.number)} of ${count(blocks.length)} is running. `;
  return `${where}${failures.length === 0 ? 'No failures.' : `${plural(failures.length, 'failure')}.`}`;
}
