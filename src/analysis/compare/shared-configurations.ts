import type { Configuration } from '../../model/configuration.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { variedKeys } from './run-differences.js';

export interface Shared {
  readonly both: readonly { readonly before: Configuration; readonly after: Configuration }[];
  readonly onlyBefore: readonly Configuration[];
  readonly onlyAfter: readonly Configuration[];
}

/**
 * The configurations that two runs have in common: those with the same level of every key that either run varies. What
 * is the same within each run and differs between them is a difference of the runs. The A/A control goes with its baseline.
 */
export function sharedConfigurations(before: RunRecord, after: RunRecord): Shared {
  const keys = variedKeys([before, after]);
  const nameOf = ({ knobs }: Configuration) =>
    JSON.stringify(keys.map((key) => knobs[key] ?? null));
  const ownOf = ({ plan }: RunRecord) =>
    plan.configurations.filter(
      ({ role, inert }) => role !== 'baseline-repeat' && inert === undefined,
    );
  const [own, others] = [ownOf(before), ownOf(after)];
  const byName = new Map(others.map((one) => [nameOf(one), one]));
  const names = new Set(own.map(nameOf));
  return {
    both: own.flatMap((one) => {
      const other = byName.get(nameOf(one));
      return other === undefined ? [] : [{ before: one, after: other }];
    }),
    onlyBefore: own.filter((one) => !byName.has(nameOf(one))),
    onlyAfter: others.filter((one) => !names.has(nameOf(one))),
  };
}
