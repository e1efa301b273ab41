import { Eta } from 'eta';
import { readFileSync } from 'node:fs';
import { referencesIn } from '../../model/secret.js';
import { projectPath } from '../../process/project-paths.js';
import type { JobParameters } from './job-parameters.js';
import { pythonConstant, pythonDictionary, pythonLiteral } from './python-literal.js';

/** Where a trial, or a user's own run of the job, reads from and writes to. */
export interface JobPlaces {
  readonly bootstrapServers: string;
  readonly topic: string;
  /** Settings of source and sink for a cluster that wants a login, by option. */
  readonly security?: ReadonlyMap<string, string>;
  /** For the sink kafka. */
  readonly outputTopic: string;
  readonly checkpoint: string;
  /** For the sink parquet. */
  readonly output: string;
  readonly radioCodes: string;
}

const eta = new Eta({ autoEscape: false, autoTrim: false, useWith: false });

export function templateFile(): string {
  return projectPath('spark-jobs/data_stream.py.eta');
}

/** Renders the complete `data_stream.py`. */
export function renderJob(parameters: JobParameters, places: JobPlaces): string {
  const windowed = parameters.aggregation !== 'by-type';
  const toKafka = parameters.sink === 'kafka';
  const { security = new Map<string, string>() } = places;
  const secrets = [...parameters.sourceOptions.values(), ...security.values()].flatMap(
    referencesIn,
  );
  const functions = ['col', 'from_json', 'to_timestamp'];
  if (toKafka) functions.push('struct', 'to_json');
  if (windowed) functions.push('window');
  const template = readFileSync(templateFile(), 'utf8');
  return eta.renderString(template, {
    ...parameters,
    ...places,
    windowed,
    security,
    secured: security.size > 0,
    join: parameters.aggregation === 'join',
    fromEnv: secrets.some(({ kind }) => kind === 'env'),
    fromFile: secrets.some(({ kind }) => kind === 'file'),
    functions: functions.sort(),
    literal: pythonLiteral,
    constant: pythonConstant,
    dictionary: pythonDictionary,
  });
}
