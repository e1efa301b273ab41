import type { Attribution } from '../../model/run/report-model.js';
import { code, joined, sentence, type Sentence } from './sentence.js';
import { count, percent } from './wording.js';

/** Says where a difference arises, in one sentence with its figures. */
export function attributionSentence({
  main,
  share,
  unchanged,
  operator,
  tasks,
}: Attribution): Sentence {
  const part =
    share >= 0.995
      ? 'all of the change'
      : share > 0
        ? `${count(100 * share)} % of the change`
        : 'against the whole';
  const clauses = [
    sentence`For 1,000 rows, ${code(main.phase)} went from ${count(main.before)} to ${count(main.after)} ms (${change(main)}), ${part}`,
    ...(unchanged.length === 0
      ? []
      : [
          sentence`${joined(
            unchanged.map((phase) => [code(phase)]),
            ', ',
          )} unchanged`,
        ]),
    ...(operator === null
      ? []
      : [
          sentence`the ${operator.step} of ${code(operator.name)} went from ${count(operator.before)} to ${count(operator.after)} ms of task time`,
        ]),
    ...(tasks === null
      ? []
      : [
          sentence`a batch's stateful stage has ${count(tasks.after.tasks)} tasks of ${count(tasks.after.rowsPerTask)} rows instead of ${count(tasks.before.tasks)} of ${count(tasks.before.rowsPerTask)}`,
        ]),
  ];
  return sentence`${joined(clauses, '; ')}.`;
}

function change({ before, after }: { readonly before: number; readonly after: number }): string {
  return before === 0 ? 'from nothing' : percent(after / before - 1);
}
