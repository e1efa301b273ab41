import type { FailureClass, Outcome } from '../../../model/trial/outcome.js';
import { oneLine } from '../../../model/printable.js';
import { failureText } from './failure-text.js';
import { invalidText } from './invalid-text.js';

/** Says in one line why a trial does not count; undefined if it succeeded. */
export function whyNotCounted(outcome: Outcome): string | undefined {
  const why = reasonOf(outcome);
  return why === undefined ? undefined : oneLine(why);
}

function reasonOf(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return undefined;
    case 'failed':
      return `${outcome.failureClass}: ${failureText(outcome.cause)}${explained(outcome.failureClass)}`;
    case 'timed-out':
      return `did not finish within ${String(outcome.limitSeconds)} s`;
    case 'canceled':
      return 'interrupted';
    case 'invalid':
      return invalidText(outcome.cause);
  }
}

/** What a class of failures means, where Spark's own words do not say it. */
function explained(failureClass: FailureClass): string {
  if (failureClass === 'wrong-scala') {
    return " (the jar was built for another Scala than this Spark's, or for another Spark)";
  }
  return failureClass === 'class-missing'
    ? ' (neither the jar nor Spark holds it; build a jar with its libraries, or name them in spark.jars.packages)'
    : '';
}
