import type { DataSpec, Experiment } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';

import { knobProblems } from './knob-problems.js';
import { looksOf, experimentProblems, type ExperimentFile } from './experiment-problems.js';
import { schemaCheck, type Problem } from './schema-problems.js';
import { parseSource, type SourceDocument } from './source-positions.js';

const problemsOf = schemaCheck('schemas/experiment.schema.json', 'the experiment');

/**
 * An experiment from the text of its file, every default filled in.
 * Throws EXPERIMENT_INVALID, whose message lists every problem with file, line and column.
 */
export function parseExperiment({
  text,
  file,
}: {
  readonly text: string;
  readonly file: string;
}): Experiment {
  const source = parseSource(text);
  if (source.errors.length > 0) {
    throw invalid(
      file,
      source.errors.map(
        ({ message, position: at }) => `${String(at.line)}:${String(at.column)}: ${message}`,
      ),
    );
  }
  const problems = problemsOf(source.value);
  if (problems.length > 0) throw invalid(file, located(problems, source));
  const parsed = source.value as ExperimentFile;
  const { knobs = {}, factors = {}, baseline = {}, exclude = [] } = parsed;
  const more = [
    ...knobProblems({ knobs, factors, baseline, exclude }),
    ...experimentProblems(parsed),
  ];
  if (more.length > 0) throw invalid(file, located(more, source));
  return fillIn(parsed, { knobs, factors, baseline, exclude });
}

function fillIn(
  parsed: ExperimentFile,
  parts: Required<Pick<ExperimentFile, 'knobs' | 'factors' | 'baseline' | 'exclude'>>,
): Experiment {
  const { knobs, factors, baseline, exclude } = parts;
  const { measurement = {}, design = {} } = parsed;
  const looks = looksOf(parsed);
  const sparkVersion = parsed.spark?.version;
  return {
    name: parsed.name,
    description: parsed.description ?? '',
    job: { kind: 'template' },
    data: dataOf(parsed.data ?? {}),
    ...(parsed.kafka === undefined ? {} : { bootstrapServers: parsed.kafka.bootstrapServers }),
    ...(sparkVersion === undefined ? {} : { sparkVersion }),
    knobs,
    factors: Object.entries(factors).map(([key, levels]) => ({ key, levels })),
    exclude,
    baseline: Object.fromEntries(
      Object.entries(factors).map(([key, levels]) => [
        key,
        key in baseline ? (baseline[key] ?? null) : (levels[0] ?? null),
      ]),
    ),
    design: {
      kind: design.kind ?? 'grid',
      blocks: looks.at(-1) ?? 4,
      seed: design.seed ?? 1,
      placebo: design.placebo ?? 'skip',
    },
    measurement: {
      warmupSeconds: seconds(measurement.warmup ?? '8s'),
      ...(measurement.window === undefined ? {} : { windowSeconds: seconds(measurement.window) }),
      timeLimitSeconds: seconds(measurement.timeLimit ?? '5m'),
      ...(measurement.stallLimit === undefined
        ? {}
        : { stallSeconds: seconds(measurement.stallLimit) }),
      canary: measurement.canary === 'on',
      mode: measurement.mode === 'offered' ? { ratePerSecond: measurement.rate ?? 0 } : 'drain',
    },
    stopping: { delta: share(parsed.stopping?.delta ?? '5%'), looks },
  };
}

function dataOf({ kind, path, records, seed }: NonNullable<ExperimentFile['data']>): DataSpec {
  return kind === 'file' && path !== undefined
    ? { kind, path, ...(records === undefined ? {} : { records }) }
    : { kind: 'generated', records: records ?? 100_000, seed: seed ?? 1 };
}

/** `90s`, `2m`, `1h` in seconds; the schema has checked the form. */
function seconds(text: string): number {
  const factor = { s: 1, m: 60, h: 3_600 }[text.slice(-1)] ?? 1;
  return Number(text.slice(0, -1)) * factor;
}

/** `5%` as 0.05; the schema has checked the form. */
function share(text: string): number {
  return Number(text.slice(0, -1)) / 100;
}

function located(problems: readonly Problem[], source: SourceDocument): string[] {
  return problems.map(({ path, atKey, message }) => {
    const { line, column } = source.positionOf(path, { key: atKey === true });
    return `${String(line)}:${String(column)}: ${message}`;
  });
}

function invalid(file: string, problems: readonly string[]): HarnessError {
  return new HarnessError({
    code: 'EXPERIMENT_INVALID',
    message: problems.map((problem) => `${file}:${problem}`).join('\n  '),
    hint: 'docs/experiment-reference.md explains every key.',
  });
}
