import type { Configuration } from '../model/configuration.js';
import { whyInert, type ActContext } from './why-inert.js';

/**
 * Returns the same configurations; each that differs from an earlier one only in inert knobs is marked with that one
 * and the reason.
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

/** The reason for each inert knob that is set. */
type Reasons = ReadonlyMap<string, string>;

function reasonsOf({ knobs }: Configuration, context: ActContext): Reasons {
  return new Map(
    Object.entries(knobs).flatMap(([key, level]) => {
      const why = level === null ? undefined : whyInert(key, knobs, context);
      return why === undefined ? [] : [[key, why] as const];
    }),
  );
}

/** The knobs that have an effect, as text; configurations with the same text are the same to Spark. */
function activePart({ knobs }: Configuration, reasons: Reasons): string {
  const active = Object.entries(knobs).filter(
    ([key, level]) => level !== null && !reasons.has(key),
  );
  return JSON.stringify(active.sort(([a], [b]) => (a < b ? -1 : 1)));
}
