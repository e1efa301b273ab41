import type { RunState } from '../../model/run/run-record.js';
import type { RunStatus } from '../../model/run/run-status.js';
import { whyNotCounted } from './outcome-text.js';
import { code, sentence, toPlainText, type Sentence } from './sentence.js';
import { count } from './wording.js';

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

/** Renders a status as a few lines for people. */
export function renderStatus(status: RunStatus): string {
  const { name, state, ended, planned, current, endsAt, lastAt } = status;
  return [
    `${name}: ${toPlainText(states[state])}`,
    `  ${count(ended)} of ${count(planned)} trials done${current === null ? '' : `, ${current} is running`}`,
    `  last active ${lastAt}${endsAt === null ? '' : `, ends about ${endsAt}`}`,
    ...failuresOf(status).map(({ trial, outcome, why }) => `  ${trial} ${outcome}: ${why}`),
  ].join('\n');
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
