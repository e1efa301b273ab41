import { oneLine } from '../../../model/printable.js';
import type {
  NotCompared,
  ResultComparison,
  ResultDifference,
  RowDifference,
} from '../../../model/result/result-comparison.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import { shortList } from '../../../model/short-list.js';
import type { UnreadCause } from '../../../model/trial/query-result.js';
import { sentence, strong, type Sentence } from '../sentence.js';
import { count, plural } from '../wording.js';

/** Whether a configuration wrote what the baseline wrote, as a sentence. The rows that differ are in its caution. */
export function resultSentence(result: ResultComparison): Sentence {
  switch (result.kind) {
    case 'same':
      return sentence`${strong('same result')} as the baseline in ${plural(result.trials, 'trial')}, ${plural(result.rows, 'row')}.`;
    case 'differs':
      return sentence`${strong('differs')} from the baseline's in ${count(result.trials)} of ${plural(result.of, 'trial')}.`;
    case 'not-compared':
      return sentence`not compared: ${notComparedText(result.why)}.`;
  }
}

/** The results of all candidates in one line; undefined if there is none. */
export function resultLine({ rows }: Pick<ReportModel, 'rows'>): string | undefined {
  const said = new Map<string, string[]>();
  for (const { configuration, result } of rows) {
    // Without a trial, its failures are told anyway.
    if (result === null || isWithoutTrial(result)) continue;
    const text = shortText(result);
    said.set(text, [...(said.get(text) ?? []), configuration.id]);
  }
  if (said.size === 0) return undefined;
  const parts = [...said].map(([text, ids]) =>
    said.size === 1 ? text : `${shortList(ids, 5)} ${text}`,
  );
  return `Result: ${parts.join('; ')}.`;
}

function isWithoutTrial(result: ResultComparison): boolean {
  return result.kind === 'not-compared' && result.why.kind === 'no-trial';
}

function shortText(result: ResultComparison): string {
  if (result.kind === 'same') return "the same as the baseline's";
  if (result.kind === 'differs') return "differs from the baseline's";
  return `not compared, ${notComparedText(result.why)}`;
}

/** How two results differ, with rows: a clause. */
export function differenceText({ query, examples, rows, baselineRows }: ResultDifference): string {
  const counts =
    rows === baselineRows
      ? `of ${plural(rows, 'row')}`
      : `${plural(rows, 'row')} instead of ${count(baselineRows)}`;
  const shown = examples.map(rowText).join('; ');
  const which = shown === '' ? 'none of the sampled rows is among them' : `for example ${shown}`;
  return oneLine(`query ${query}, ${counts}: ${which}`);
}

function rowText({ key, own, baseline }: RowDifference): string {
  const shown = (value: string | null) => (value === null ? 'not there' : value || 'there');
  return `${shorten(key)} is ${shorten(shown(own))}, with the baseline ${shorten(shown(baseline))}`;
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}

function notComparedText(why: NotCompared): string {
  switch (why.kind) {
    case 'ignored':
      return 'the experiment says measurement.result: ignored';
    case 'window':
      return 'each trial ends by time or under a load, after other records than the next one';
    case 'not-recorded':
      return 'the trials have no record of what was written';
    case 'no-trial':
      return 'no trial counts on both sides';
    case 'other-rows':
      return `it read ${plural(why.rows, 'row')}, the baseline ${count(why.baselineRows)}`;
    case 'asked-for':
      return `its ${why.knob} asks for another output`;
    case 'unsteady':
      return `the baseline's own trials differ (${differenceText(why)})`;
    case 'sink':
    case 'place':
    case 'keys':
    case 'cut-off':
    case 'console-shortened':
    case 'console-mixed':
    case 'failed':
      return unreadText(why);
  }
}

function unreadText(why: UnreadCause): string {
  switch (why.kind) {
    case 'sink':
      return 'what this sink takes cannot be read back';
    case 'place':
      return "it is written to a place that is not the trial's own";
    case 'keys':
      return 'the rows are updates, and which of them replace each other is not known';
    case 'cut-off':
      return 'the query was stopped when all was read, perhaps before its last windows closed';
    case 'console-shortened':
      return 'the console shows only a part; set numRows and truncate, or another job.sink';
    case 'console-mixed':
      return 'other lines are between those of the console sink';
    case 'failed':
      return `it could not be read back (${oneLine(why.text)})`;
  }
}
