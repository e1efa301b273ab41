import type { Configuration } from '../model/configuration.js';
import { whyInert, type ActContext } from './why-inert.js';

/**
 * The same configurations; each that differs from an earlier one only in knobs that cannot act says so, and from
 * which.
 */
export function markInert(
  configurations: readonly Configuration[],
  context: ActContext,
): Configuration[] {
  const first = new Map<string, { readonly one: Configuration; readonly reasons: Reasons }>();
  return configurations.map((one) => {
    if (one.role === 'baseline-repeat') return one;
    const reasons = reasonsOf(one, context);
    const name = activePart(one, reasons);
    const original = first.get(name);
    if (original === undefined) {
      first.set(name, { one, reasons });
      return one;
    }
    const knobs = Object.keys(one.levels).filter(
      (key) => one.levels[key] !== original.one.levels[key],
    );
    const whys = knobs.map((key) => reasons.get(key) ?? original.reasons.get(key) ?? '');
    return { ...one, inert: { knobs, same: original.one.id, why: [...new Set(whys)].join('; ') } };
  });
}

/** Why each set knob that cannot act does not. */
type Reasons = ReadonlyMap<string, string>;

function reasonsOf({ knobs }: Configuration, context: ActContext): Reasons {
  return new Map(
    Object.entries(knobs).flatMap(([key, level]) => {
      const why = level === null ? undefined : whyInert(key, knobs, context);
      return why === undefined ? [] : [[key, why] as const];
    }),
  );
}

/** The knobs that act, as text; two configurations with the same text are one to Spark. */
function activePart({ knobs }: Configuration, reasons: Reasons): string {
  const active = Object.entries(knobs).filter(
    ([key, level]) => level !== null && !reasons.has(key),
  );
  return JSON.stringify(active.sort(([a], [b]) => (a < b ? -1 : 1)));
}
