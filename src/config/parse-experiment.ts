import type { DataSpec, Experiment } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Assignment, Level } from '../model/knob.js';
import { knobProblems } from './knob-problems.js';
import { schemaCheck, type Problem } from './schema-problems.js';
import { parseSource, type SourceDocument } from './source-positions.js';

/** The file's content once the schema has passed it. */
interface ExperimentFile {
  readonly name: string;
  readonly description?: string;
  readonly data?: {
    readonly kind?: 'generated' | 'file';
    readonly records?: number;
    readonly seed?: number;
    readonly path?: string;
  };
  readonly kafka?: { readonly bootstrapServers: string };
  readonly spark?: { readonly version?: string };
  readonly knobs?: Assignment;
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
  readonly exclude?: readonly Assignment[];
  readonly baseline?: Assignment;
  readonly design?: Partial<Experiment['design']>;
  readonly measurement?: {
    readonly warmup?: string;
    readonly window?: string;
    readonly timeLimit?: string;
    readonly canary?: 'on' | 'off';
  };
  readonly stopping?: {
    readonly delta?: string;
    readonly looks?: readonly number[];
    readonly blocks?: { readonly min?: number; readonly max?: number };
  };
}

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
    ...dataProblems(parsed),
    ...lookProblems(parsed),
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
      canary: measurement.canary !== 'off',
    },
    stopping: { delta: share(parsed.stopping?.delta ?? '5%'), looks },
  };
}

function dataOf({ kind, path, records, seed }: NonNullable<ExperimentFile['data']>): DataSpec {
  return kind === 'file' && path !== undefined
    ? { kind, path, ...(records === undefined ? {} : { records }) }
    : { kind: 'generated', records: records ?? 100_000, seed: seed ?? 1 };
}

function dataProblems({ data = {} }: ExperimentFile): Problem[] {
  if (data.kind === 'file' && data.path === undefined) {
    return [{ path: ['data'], message: 'data of the kind file needs a "path"' }];
  }
  if (data.kind !== 'file' && data.path !== undefined) {
    return [{ path: ['data', 'path'], atKey: true, message: '"path" goes with kind: file' }];
  }
  return [];
}

/** The blocks after which a run is judged: those that are named, or three between min and max, or one at the end. */
function looksOf({ stopping = {}, design = {} }: ExperimentFile): number[] {
  if (stopping.looks !== undefined) return [...stopping.looks];
  const max = stopping.blocks?.max;
  if (max === undefined) return [design.blocks ?? 4];
  const min = stopping.blocks?.min ?? Math.min(4, max);
  return [...new Set([min, Math.round((min + max) / 2), max])].filter((look) => look <= max);
}

function lookProblems(file: ExperimentFile): Problem[] {
  const { stopping = {}, design = {} } = file;
  const { min, max } = stopping.blocks ?? {};
  const looks = looksOf(file);
  const path = ['stopping', stopping.looks === undefined ? 'blocks' : 'looks'];
  const problem = (message: string) => [{ path, message }];
  const last = looks.at(-1);
  if (looks.some((look, index) => look <= (looks[index - 1] ?? 0))) {
    return problem('looks must grow, each a later block than the one before');
  }
  if (min !== undefined && max !== undefined && min > max)
    return problem(`min ${String(min)} is more than max ${String(max)}`);
  if (min !== undefined && (looks[0] ?? min) < min)
    return problem(
      `the first look comes before block ${String(min)}, the least that are asked for`,
    );
  if (max !== undefined && last !== max)
    return problem(
      `the last look must come after block ${String(max)}, the most that are asked for`,
    );
  if (design.blocks !== undefined && last !== design.blocks) {
    return problem(
      `the last look comes after block ${String(last)}, but design.blocks is ${String(design.blocks)}`,
    );
  }
  return [];
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
