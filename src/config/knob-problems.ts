import { closestName } from '../knobs/closest-name.js';
import { knobScopes, scopeOf, type Assignment, type Level } from '../model/knob.js';
import { secretProblem } from './secret-problem.js';
import type { Problem } from './schema-problems.js';

/** The sections of an experiment that name knobs, after the file has passed the schema. */
export interface KnobSections {
  readonly knobs: Assignment;
  readonly factors: Readonly<Record<string, readonly Level[]>>;
  readonly baseline: Assignment;
  readonly exclude: readonly Assignment[];
}

/** Finds problems with an experiment's knobs that a schema cannot check. */
export function knobProblems({ knobs, factors, baseline, exclude }: KnobSections): Problem[] {
  const factorKeys = Object.keys(factors);
  return [
    ...Object.keys(knobs).flatMap((key) => scopeProblem(['knobs', key])),
    ...factorKeys.flatMap((key) => scopeProblem(['factors', key])),
    ...Object.entries(knobs).flatMap(([key, level]) => secretProblem(['knobs', key], level)),
    ...Object.entries(factors).flatMap(([key, levels]) =>
      levels.flatMap((level, index) => secretProblem(['factors', key, String(index)], level)),
    ),
    ...factorKeys
      .filter((key) => key in knobs)
      .map((key) => ({
        path: ['factors', key],
        atKey: true,
        message: `${key} stands under knobs as well; a knob is either constant or a factor`,
      })),
    ...Object.entries(baseline).flatMap(([key, level]) =>
      levelProblem({ path: ['baseline', key], key, level, factors }),
    ),
    ...exclude.flatMap((entry, index) =>
      Object.entries(entry).flatMap(([key, level]) =>
        levelProblem({ path: ['exclude', String(index), key], key, level, factors }),
      ),
    ),
  ];
}

function scopeProblem(path: readonly [string, string]): Problem[] {
  const [, key] = path;
  if (scopeOf(key) !== undefined) return [];
  const scope = key.split('.')[0] ?? '';
  const close = key.includes('.') ? closestName(scope, knobScopes) : undefined;
  const meant =
    close === undefined
      ? `A knob starts with one of: ${knobScopes.map((name) => `${name}.`).join(', ')}`
      : `Did you mean ${close}${key.slice(scope.length)}?`;
  return [{ path, atKey: true, message: `"${key}" has no known scope. ${meant}` }];
}

function levelProblem(options: {
  readonly path: readonly string[];
  readonly key: string;
  readonly level: Level;
  readonly factors: KnobSections['factors'];
}): Problem[] {
  const { path, key, level, factors } = options;
  const levels = factors[key];
  if (levels === undefined) {
    const close = closestName(key, Object.keys(factors));
    const meant = close === undefined ? '' : ` Did you mean ${close}?`;
    return [{ path, atKey: true, message: `${key} is no factor of this experiment.${meant}` }];
  }
  if (levels.includes(level)) return [];
  return [
    {
      path,
      message: `${JSON.stringify(level)} is no level of ${key}; its levels are ${levels.map((one) => JSON.stringify(one)).join(', ')}`,
    },
  ];
}
