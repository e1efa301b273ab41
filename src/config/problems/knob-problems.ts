import { closestName } from '../../knobs/closest-name.js';
import { knobScopes, scopeOf, type Assignment, type Level } from '../../model/knob.js';
import { secretProblem } from './secret-problem.js';
import { mendOf, type Problem } from './schema-problems.js';

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
    ...Object.entries(factors).flatMap(([key, levels]) => sameTextProblem(key, levels)),
    ...sameOptionProblems(knobs, factors),
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
  const mend = mendOf(scope, close, knobScopes).mend;
  return [
    {
      path,
      atKey: true,
      message: `"${key}" has no known scope. ${meant}`,
      ...(mend === undefined ? {} : { mend: `${mend}${key.slice(scope.length)}` }),
    },
  ];
}

/** `4` and `"4"` are two values to YAML, but one to Spark. */
function sameTextProblem(key: string, levels: readonly Level[]): Problem[] {
  const texts = levels.map((level) => (level === null ? null : String(level)));
  const index = texts.findIndex((text, at) => text !== null && texts.indexOf(text) < at);
  if (index < 0) return [];
  const same = [levels[texts.indexOf(texts[index] ?? null)], levels[index]];
  const [first, second] = same.map((level) => JSON.stringify(level));
  return [
    {
      path: ['factors', key, String(index)],
      message: `${first ?? ''} and ${second ?? ''} are the same level of ${key} to Spark`,
    },
  ];
}

/** Spark ignores the case of an option of the source, so two spellings are one option. */
function sameOptionProblems(knobs: Assignment, factors: KnobSections['factors']): Problem[] {
  const seen = new Map<string, string>();
  const places = [
    ...Object.keys(knobs).map((key) => ['knobs', key] as const),
    ...Object.keys(factors).map((key) => ['factors', key] as const),
  ];
  return places.flatMap((path) => {
    const [, key] = path;
    if (scopeOf(key) !== 'source') return [];
    const before = seen.get(key.toLowerCase()) ?? key;
    seen.set(key.toLowerCase(), before);
    return before === key
      ? []
      : [{ path, atKey: true, message: `${key} and ${before} are the same option of the source` }];
  });
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
    const message = `${key} is no factor of this experiment.${meant}`;
    return [{ path, atKey: true, message, ...mendOf(key, close, Object.keys(factors)) }];
  }
  if (levels.includes(level)) return [];
  return [
    {
      path,
      message: `${JSON.stringify(level)} is no level of ${key}; its levels are ${levels.map((one) => JSON.stringify(one)).join(', ')}`,
    },
  ];
}
