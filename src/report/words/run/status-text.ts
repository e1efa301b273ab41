import type { RunState } from '../../../model/run/run-record.js';
import type { RunStatus } from '../../../model/run/run-status.js';
import { wrapText } from '../../terminal/wrap-text.js';
import { whyNotCounted } from '../outcome/outcome-text.js';
import { code, sentence, toPlainText, type Sentence } from '../sentence.js';
import { capitalised, count, plural } from '../wording.js';

const resume = code('streamtune resume');

/** Each state in words, with what to do. */
export const states: Readonly<Record<RunState, Sentence>> = {
  running: ['running'],
  crashed: sentence`crashed: continue with ${resume}`,
  complete: ['complete'],
  interrupted: sentence`interrupted: continue with ${resume}`,
  'out-of-time': sentence`out of time: continue with ${resume}`,
  'baseline-failed': ['stopped, because the baseline fails'],
};

/** The same at the start of a sentence. */
export function capitalisedState(state: RunState): Sentence {
  const [first = '', ...rest] = states[state];
  return [typeof first === 'string' ? capitalised(first) : first, ...rest];
}

/** Renders a status for people, in lines of at most this width. */
export function renderStatus(status: RunStatus, width: number): string {
  const { name, state, ended, planned, endsAt, lastAt } = status;
  return [
    `${name}: ${toPlainText(states[state])}`,
    `  ${count(ended)} of ${count(planned)} trials done${runningText(status)}`,
    `  last active ${lastAt}${endsAt === null ? '' : `, ends about ${endsAt}`}`,
    ...failuresOf(status).map(({ trial, outcome, why }) => `  ${trial} ${outcome}: ${why}`),
  ]
    .flatMap((line) => wrapText(line, width, '    '))
    .join('\n');
}

function runningText({ current, alongside }: RunStatus): string {
  if (current === null) return '';
  if (alongside.length === 0) return `, ${current} is running`;
  return `, ${current} and ${plural(alongside.length, 'other')} take turns`;
}

/** Renders a status for programs, on one line. */
export function renderStatusJson(status: RunStatus): string {
  return JSON.stringify({ ...status, failures: failuresOf(status) });
}

function failuresOf({ failures }: RunStatus) {
  return failures.map(({ trial, outcome }) => ({
    trial,
    outcome: outcome.kind,
    why: whyNotCounted(outcome) ?? '',
  }));
}
