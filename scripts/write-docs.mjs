// Generates the reference pages from their sources; with --check it only reports whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorCatalogue } from '../dist/src/model/error-catalogue.js';
import { lintRules } from '../dist/src/model/lint-rules.js';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const schema = JSON.parse(readFileSync(path('schemas/experiment.schema.json'), 'utf8'));

const pages = {
  'docs/experiment-reference.md': experimentReference(),
  'docs/errors.md': errors(),
  'docs/lint-rules.md': rules(),
};

let stale = 0;
for (const [name, content] of Object.entries(pages)) {
  if (!process.argv.includes('--check')) writeFileSync(path(name), content);
  else if (readFileSync(path(name), 'utf8') !== content) {
    stale += 1;
    process.stderr.write(`${name} is out of date; run: npm run docs\n`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;

function experimentReference() {
  const lines = [
    '# The experiment file',
    '',
    'Generated from `schemas/experiment.schema.json` by `npm run docs`. An editor that supports YAML schemas completes',
    'and checks the file as you type if its first line is:',
    '',
    '```yaml',
    '# yaml-language-server: $schema=../schemas/experiment.schema.json',
    '```',
    '',
    'The name of a knob is its scope followed by its key:',
    '',
    '| scope | what it sets | example |',
    '|---|---|---|',
    '| `spark.` | a Spark property, passed to `spark-submit` as `--conf` (`spark.master` as `--master`) | `spark.sql.shuffle.partitions: 10` |',
    '| `source.` | an option of the Kafka source | `source.maxOffsetsPerTrigger: 5000` |',
    '| `trigger.` | the trigger: `availableNow`, `processingTime` or `once`; `availableNow` if none is set | `trigger.processingTime: 2 seconds` |',
    '| `topic.` | `name` and `partitions` of the topic (default: 1 partition) | `topic.partitions: 4` |',
    '| `job.` | a parameter of the job: `aggregation` (`by-type`, `by-type-window`, `join`), `sink` (`noop`, `console`, `memory`, `parquet`, `kafka`), `outputMode`, `window`, `watermark`, `outputTopic`; of a script: `sink`, and those that you hand over in `job.args` or `job.env` | `job.aggregation: join` |',
    '',
    'A level of `null` leaves the knob unset, so the default of Spark, Kafka or the job applies.',
  ];
  section(schema, '', lines);
  return `${lines.join('\n')}\n`;
}

function section(object, prefix, lines) {
  const required = object.required ?? [];
  for (const [key, value] of Object.entries(object.properties ?? {})) {
    const name = `${prefix}${key}`;
    const resolved = { ...refOf(value), ...value };
    lines.push('', `## \`${name}\``, '', resolved.description);
    const facts = [typeOf(resolved)];
    if (resolved.minimum !== undefined) facts.push(`${resolved.minimum} to ${resolved.maximum}`);
    if (resolved.default !== undefined)
      facts.push(`default \`${JSON.stringify(resolved.default)}\``);
    if (required.includes(key)) facts.push('required');
    lines.push('', `${facts.join('; ')}.`);
    section(resolved, `${name}.`, lines);
  }
}

function refOf(value) {
  return value.$ref === undefined ? {} : schema.$defs[value.$ref.split('/').at(-1)];
}

function typeOf(value) {
  if (value.const !== undefined) return `always \`${JSON.stringify(value.const)}\``;
  if (value.enum !== undefined) return `one of ${value.enum.map((one) => `\`${one}\``).join(', ')}`;
  if (/duration$/i.test(value.$ref ?? '')) return 'a duration: `90s`, `2m`, `1h`';
  if (value.$ref?.endsWith('assignment')) return 'a mapping from knobs to levels';
  const names = {
    string: 'text',
    integer: 'a whole number',
    number: 'a number',
    object: 'a mapping',
    array: 'a list',
  };
  return names[value.type] ?? value.type;
}

function errors() {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { exitCode, meaning }]) => `| \`${code}\` | ${exitCode} | ${meaning} |`,
  );
  return [
    '# Errors',
    '',
    'Generated from `src/model/error-catalogue.ts` by `npm run docs`. Every error is one message: its code, what happened',
    'and where, and on the next line what to do. A failed trial is not an error but a row of the report.',
    '',
    '| code | exit code | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Exit codes: 0 success, 1 failed trials or `--fail-if`, 2 usage or experiment file, 3 environment, 70 internal, 130 interrupted.',
    '',
  ].join('\n');
}

function rules() {
  const sections = Object.entries(lintRules).map(([rule, { severity, finds, why, fix }]) =>
    [`## \`${rule}\``, '', `_${severity}._ ${finds}`, '', why, '', `What to do: ${fix}`].join('\n'),
  );
  return [
    '# Lint rules',
    '',
    'Generated from `src/model/lint-rules.ts` by `npm run docs`. `streamtune lint --explain RULE` prints one of them.',
    'An error keeps `run` from starting, unless `--force` is given; warnings and notes do not.',
    '',
    'If a finding is wrong for your experiment, suppress it with a comment at the end of its line or on the line above.',
    'The reason is required:',
    '',
    '```yaml',
    'factors:',
    '  # streamtune-ignore: cannot-act kept as a placebo',
    '  spark.executor.memory: [null, 4g]',
    '```',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
}
