import { closestName } from '../../knobs/closest-name.js';
import { HarnessError } from '../../model/harness-error.js';
import { verdictKinds, type Verdict, type VerdictKind } from '../../model/run/comparison.js';
import { magnitude } from '../../report/words/wording.js';

/** A verdict that ends a command with exit code 1. */
export interface VerdictCondition {
  readonly kind: VerdictKind;
  /** Of better and worse: only if the whole interval is beyond this change; 0.05 is 5 %. */
  readonly beyond?: number;
}

/** `worse:5%`: a word, and after a colon a share of up to a hundred per cent or more for a gain. */
const withDelta = /^([a-z-]+)(?::(\d+(?:\.\d+)?)\s*%)?$/;

/** Parses `worse:5%,ineligible`. `option` is named in messages. Throws USAGE. */
export function parseConditions(words: string, option: string): VerdictCondition[] {
  return words.split(',').map((word) => parseCondition(word.trim(), option));
}

function parseCondition(text: string, option: string): VerdictCondition {
  const [, word = text, delta] = withDelta.exec(text) ?? [];
  const kind = verdictKinds.find((one) => one === word);
  if (kind === undefined) {
    const close = closestName(word, verdictKinds);
    throw refusedCondition(
      `${option}: ${JSON.stringify(text)} is not a verdict.${close === undefined ? '' : ` Did you mean ${close}?`}`,
      option,
    );
  }
  if (delta === undefined) return { kind };
  if (kind !== 'worse' && kind !== 'better') {
    throw refusedCondition(`${option}: only worse and better have a size, not ${kind}.`, option);
  }
  return { kind, beyond: Number(delta) / 100 };
}

export function refusedCondition(message: string, option: string): HarnessError {
  const example = option === '--fail-if' ? 'verdict=worse,ineligible' : 'worse:5%,ineligible';
  return new HarnessError({
    code: 'USAGE',
    message,
    hint: `For example: ${option} ${example}. The verdicts are ${verdictKinds.join(', ')}; worse:5% is worse by surely more than 5 %.`,
  });
}

/**
 * Whether a verdict meets one of these conditions. One with a size asks that the whole interval is beyond it: an interval
 * that excludes it is a test against it, at the level that decided the verdict.
 */
export function meetsCondition(
  { kind, estimate }: Verdict,
  conditions: readonly VerdictCondition[],
): boolean {
  return conditions.some((condition) => {
    if (condition.kind !== kind) return false;
    if (condition.beyond === undefined) return true;
    const interval = estimate?.interval ?? null;
    if (interval === null) return false;
    return Math.min(Math.abs(interval.low), Math.abs(interval.high)) > condition.beyond;
  });
}

/** `worse by more than 5.0 %, ineligible`. */
export function conditionText(conditions: readonly VerdictCondition[]): string {
  return conditions
    .map(({ kind, beyond }) =>
      beyond === undefined ? kind : `${kind} by surely more than ${magnitude(beyond)}`,
    )
    .join(' or ');
}
