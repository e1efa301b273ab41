import { Eta } from 'eta';
import { readFileSync } from 'node:fs';
import { referencesIn } from '../model/secret.js';
import { projectPath } from '../process/project-paths.js';
import type { JobParameters } from './job-parameters.js';
import { pythonConstant, pythonDictionary, pythonLiteral } from './python-literal.js';

/** Where one trial, or a person's own run, reads from and writes to. */
export interface JobPlaces {
  readonly bootstrapServers: string;
  readonly topic: string;
  readonly checkpoint: string;
  /** For the sink parquet. */
  readonly output: string;
  readonly radioCodes: string;
}

const eta = new Eta({ autoEscape: false, autoTrim: false, useWith: false });

/** The complete `data_stream.py` for these parameters. */
export function renderJob(parameters: JobParameters, places: JobPlaces): string {
  const windowed = parameters.aggregation !== 'by-type';
  const toKafka = parameters.sink === 'kafka';
  const secrets = [...parameters.sourceOptions.values()].flatMap(referencesIn);
  const functions = ['col', 'from_json', 'to_timestamp'];
  if (toKafka) functions.push('struct', 'to_json');
  if (windowed) functions.push('window');
  const template = readFileSync(projectPath('spark-jobs/data_stream.py.eta'), 'utf8');
  return eta.renderString(template, {
    ...parameters,
    ...places,
    outputTopic: parameters.outputTopic ?? `${places.topic}-counts`,
    windowed,
    join: parameters.aggregation === 'join',
    delayed: parameters.delayPerBatchMs !== undefined,
    delaySeconds: ((parameters.delayPerBatchMs ?? 0) / 1_000).toFixed(3),
    fromEnv: secrets.some(({ kind }) => kind === 'env'),
    fromFile: secrets.some(({ kind }) => kind === 'file'),
    functions: functions.sort(),
    literal: pythonLiteral,
    constant: pythonConstant,
    dictionary: pythonDictionary,
  });
}
