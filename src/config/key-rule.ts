import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { projectPath } from '../process/project-paths.js';

/** What one key of the experiment file takes, so that an option with the same meaning takes the same. */
export interface KeyRule {
  readonly accepts: (value: unknown) => boolean;
  /** In words, to follow "it takes": `a whole number from 1 to 1,000`. */
  readonly takes: string;
}

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: object;
}

let loaded: Schema | undefined;

/** The rule of the key at this path. */
export function keyRule(...path: readonly string[]): KeyRule {
  loaded ??= JSON.parse(
    readFileSync(projectPath('schemas/experiment.schema.json'), 'utf8'),
  ) as Schema;
  const { $defs } = loaded;
  const schema = path.reduce<Schema | undefined>((part, key) => part?.properties?.[key], loaded);
  if (schema === undefined) throw new Error(`the schema has no key ${path.join('.')}`);
  let validate: ((value: unknown) => boolean) | undefined;
  return {
    accepts: (value) => {
      validate ??= new Ajv2020({ strict: true }).compile({ ...schema, $defs });
      return validate(value);
    },
    takes: takenBy(schema),
  };
}

function takenBy({ type, description = '', ...limits }: Schema): string {
  if (type !== 'integer' && type !== 'number') return firstSentence(description);
  const { minimum, exclusiveMinimum, maximum } = limits;
  const noun = type === 'integer' ? 'a whole number' : 'a number';
  const least =
    minimum === undefined ? `above ${figure(exclusiveMinimum)}, ` : `from ${figure(minimum)} `;
  return `${noun} ${least}${minimum === undefined ? 'up ' : ''}to ${figure(maximum)}`;
}

function figure(limit: number | undefined): string {
  return (limit ?? Infinity).toLocaleString('en');
}

/** `an exact version, three numbers` of `An exact version, three numbers. If omitted: 4.2.0`. */
function firstSentence(description: string): string {
  const [sentence = ''] = description.split(/\.(?:\s|$)/);
  return /^[A-Z][a-z ]/.test(sentence)
    ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence;
}
