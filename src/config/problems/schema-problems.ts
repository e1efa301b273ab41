import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { closestName, isClearlyClosest } from '../../knobs/closest-name.js';
import { shown } from '../../model/shown.js';
import { projectPath } from '../../process/project-paths.js';

/** A problem at a path of the experiment. */
export interface Problem {
  readonly path: readonly string[];
  /** The problem is with the key, not its value. */
  readonly atKey?: boolean;
  readonly message: string;
  /** What to write there instead of the key, or of the value, if there is only one way to mend it. */
  readonly mend?: string;
}

/** The mend of a name, if one candidate is closer than all others. */
export function mendOf(
  name: string,
  close: string | undefined,
  candidates: readonly string[],
): Pick<Problem, 'mend'> {
  return close !== undefined && isClearlyClosest(name, close, candidates) ? { mend: close } : {};
}

/**
 * Turns a schema, or one of its `$defs`, into a check that returns a value's problems, in words. `whole` names the
 * value itself.
 */
export function schemaCheck(
  file: string,
  whole: string,
  part?: string,
): (value: unknown) => Problem[] {
  let validate: ValidateFunction | undefined;
  return (value) => {
    // Compiling takes longer than checking, and most commands check only some of what they could.
    validate ??= compile(file, part);
    return validate(value) ? [] : (validate.errors ?? []).map((error) => toProblem(error, whole));
  };
}

function compile(file: string, part: string | undefined): ValidateFunction {
  const all = JSON.parse(readFileSync(projectPath(file), 'utf8')) as object;
  const schema = part === undefined ? all : { ...all, $ref: `#/$defs/${part}` };
  return new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    // Each schema is our own, and a test holds it against the meta-schema; what optimizing gains, few values repay.
    ...{ validateSchema: false, code: { optimize: false } },
  }).compile(schema);
}

function toProblem(error: ErrorObject, whole: string): Problem {
  const path = error.instancePath.split('/').slice(1).map(unescape);
  const params = error.params as Record<string, unknown>;
  const name = path.length === 0 ? whole : path.join('.');
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      const close = closestName(key, known);
      const meant =
        close === undefined ? `Known are: ${known.join(', ')}` : `Did you mean ${close}?`;
      const message = `unknown key "${key}". ${meant}`;
      return { path: [...path, key], atKey: true, message, ...mendOf(key, close, known) };
    }
    case 'required':
      return { path, message: `${name} lacks "${String(params['missingProperty'])}"` };
    case 'enum':
      return { path, ...enumProblem(error, name) };
    case 'const':
      return {
        path,
        message: `${name} must be ${JSON.stringify(params['allowedValue'])}, not ${shown(error.data)}`,
      };
    case 'type':
      return {
        path,
        message: `${name} must be ${typeText(params['type'])}, not ${shown(error.data)}${expectedText(error)}`,
        ...mendNumber(params['type'], error.data),
      };
    case 'pattern':
      return { path, message: `${name} is ${shown(error.data)}${expectedText(error)}` };
    case 'uniqueItems':
      return { path, message: `${name} holds the same level twice` };
    case 'minItems':
      return { path, message: `${name} needs at least one level` };
    default:
      return { path, message: `${name} ${error.message ?? 'is not valid'}` };
  }
}

/** A number in quotes loses them. */
function mendNumber(type: unknown, data: unknown): Pick<Problem, 'mend'> {
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && typeof data === 'string' && /^\d{1,9}$/.test(data) ? { mend: data } : {};
}

function enumProblem(error: ErrorObject, name: string): Pick<Problem, 'message' | 'mend'> {
  const allowed = (error.params as { allowedValues: readonly unknown[] }).allowedValues.map(String);
  const close = typeof error.data === 'string' ? closestName(error.data, allowed) : undefined;
  const meant = close === undefined ? '' : ` Did you mean ${close}?`;
  return {
    message: `${name} is ${shown(error.data)}, not one of ${allowed.join(', ')}.${meant}`,
    ...mendOf(String(error.data), close, allowed),
  };
}

/** The form a text must have, as the schema describes it; empty if any text will do. */
function expectedText({ parentSchema = {} }: ErrorObject): string {
  const { description, pattern } = parentSchema as { description?: string; pattern?: string };
  return pattern === undefined
    ? ''
    : `; expected: ${description ?? `text that matches ${pattern}`}`;
}

function typeText(type: unknown): string {
  const names: Record<string, string> = {
    object: 'a mapping',
    array: 'a list',
    string: 'text (in quotes)',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    null: 'null',
  };
  const types = Array.isArray(type) ? type.map(String) : [String(type)];
  return types.map((one) => names[one] ?? one).join(' or ');
}

function unescape(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
