import type { Assignment, Level } from '../../model/knob.js';
import type { Claim } from '../../model/claim.js';
import type { Problem } from './schema-problems.js';

/** A claim as it is written. */
export interface ClaimFile {
  readonly says: string;
  readonly source: string;
  readonly setting: Assignment;
  readonly direction: Claim['direction'];
}

/** Finds claims about a setting that the experiment does not vary, so that nothing could be said about them. */
export function claimProblems({
  claims = [],
  factors = {},
  baseline = {},
}: {
  readonly claims?: readonly ClaimFile[];
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
  readonly baseline?: Assignment;
}): Problem[] {
  return claims.flatMap(({ setting }, index): Problem[] => {
    const [key = '', level = null] = Object.entries(setting)[0] ?? [];
    const path = ['claims', String(index), 'setting', key];
    const levels = factors[key];
    if (levels === undefined) {
      return [
        { path, atKey: true, message: `${key} is no factor, so no claim about it can be checked` },
      ];
    }
    const first = key in baseline ? baseline[key] : levels[0];
    if (level === first) {
      return [
        {
          path,
          message: `the baseline has ${key} = ${String(level)} itself, so there is nothing to compare it with`,
        },
      ];
    }
    if (levels.includes(level)) return [];
    return [
      {
        path,
        message: `${key} has no level ${String(level)}; it has ${levels.map(String).join(', ')}`,
      },
    ];
  });
}

/** The claims with one key and one level each, as their schema has it. */
export function claimsOf(claims: readonly ClaimFile[]): Claim[] {
  return claims.map(({ setting, ...rest }) => {
    const [key = '', level = null] = Object.entries(setting)[0] ?? [];
    return { ...rest, key, level };
  });
}
