import type { ErrorCode } from '../../src/model/error-catalogue.js';
import type { LintRule } from '../../src/model/lint-rules.js';
import type { HostileRow } from './rows.js';

/** A mistaken or hostile experiment or data file. */
export interface FileRow extends HostileRow {
  /** What stands in the experiment file, after its version and name unless it is `whole`. */
  readonly text: string;
  readonly whole?: true;
  /** The content of the data file `calls`; or what stands there in its place. */
  readonly data?: string | Buffer | { readonly kind: 'folder' | 'fifo' | 'none' | 'link-loop' };
  readonly expect: HostileRow['expect'] & { readonly code: ErrorCode };
}

/** Enough batches, so that nothing but what a row adds is wrong. */
export const enough = 'source.maxOffsetsPerTrigger: 500, spark.sql.shuffle.partitions: 4';

const invalid = { code: 'EXPERIMENT_INVALID', exitCode: 2 } as const;
const placed = { ...invalid, says: [/:\d+:\d+: /] };
/** Found by a rule of lint, so that `--force` overrides it. */
const byRule = (rule: LintRule) => ({ ...invalid, says: [`[${rule}]`] });

/** Each value is refused as the level of this knob. */
function values(key: string, levels: readonly string[], expect: FileRow['expect']): FileRow[] {
  const [first, ...rest] = enough.split(', ').filter((pair) => !pair.startsWith(`${key}:`));
  const others = [first, ...rest].filter((pair) => pair !== undefined).join(', ');
  return levels.map((level) => ({
    name: `${key}: ${level}`,
    door: 'experiment',
    text: `knobs: { ${others}, ${key}: ${level} }\n`,
    expect,
  }));
}

/** Each section is refused, with its place. */
function sections(texts: readonly string[], expect: FileRow['expect'] = placed): FileRow[] {
  const usual = (text: string) => (/^knobs:/m.test(text) ? '' : `knobs: { ${enough} }\n`);
  return texts.map((text) => ({
    name: JSON.stringify(text.slice(0, 80)),
    door: 'experiment',
    text: `${usual(text)}${text}\n`,
    expect,
  }));
}

function whole(texts: readonly string[], expect: FileRow['expect'] = placed): FileRow[] {
  return texts.map((text) => ({
    name: `whole file ${JSON.stringify(text.slice(0, 60))}`,
    door: 'experiment',
    text,
    whole: true,
    expect,
  }));
}

const byValue = byRule('value');
const unseen = { ...invalid, says: [/\\u[0-9a-f]{4}|line break/] };

const masters =
  `nonsense local[0] local[abc] local[] local[1.5] local[-1] local[*,0] local[2 Local local[2]x
  LOCAL[2] local[2,] local-cluster[1,2] local-cluster[0,1,1024] local-cluster spark:// spark://host spark://host:
  spark://:7077 spark://host:99999 spark://host:0 spark://host:7077, spark:host:7077 yarn-client yarn://x mesos://h:5050
  k8s:// k8s http://x:1 --help -h --conf ; $(id)`
    .split(/\s+/)
    .map((master) => JSON.stringify(master))
    .concat('""', '" "', '"local [2]"', '"local[2] --conf x=y"', '0', 'true');

export const hostileExperiments: readonly FileRow[] = [
  ...values('spark.master', masters, byValue),
  ...values(
    'spark.sql.shuffle.partitions',
    ['-5', '0', '1.5', 'none', '""', '"4 "', '"0x10"', '1e3x'],
    byValue,
  ),
  ...values('source.maxOffsetsPerTrigger', ['0', '-1', '0.5', '1.5', 'many', '"5,000"'], byValue),
  ...values('source.minPartitions', ['0', '-1', '2.5'], byValue),
  ...values('spark.driver.memory', ['2 gigs', '-1g', 'lots', '1.5g'], byValue),
  ...values('spark.driver.memory', ['900t'], byRule('memory')),
  ...values('spark.sql.adaptive.enabled', ['maybe', '1', '"yes"'], byValue),
  ...values('spark.sql.shufle.partitions', ['4'], byRule('misspelt')),
  ...values('source.maxOffsetPerTrigger', ['4'], byRule('misspelt')),
  ...values(
    'job.window',
    [
      '0',
      '""',
      '1',
      '1h',
      '-1 hour',
      '0 seconds',
      '1 fortnight',
      '1 month',
      'hour',
      '"1.5 hours"',
      '1 hour 2',
      "'1 hour; x'",
    ],
    invalid,
  ),
  ...values('job.watermark', ['""', '-1 hour', 'late', '1'], invalid),
  ...values('trigger.processingTime', ['2', '500ms', '-1 second', 'soon', '2 s'], invalid),
  ...values(
    'job.outputTopic',
    ['""', '.', '..', '"a b"', '../x', 'ä', `"${'x'.repeat(250)}"`, '"a/b"'],
    invalid,
  ),
  ...values('topic.name', ['""', '.', '..', '"a b"', '../x', 'ä', '"a\\\\b"'], invalid),
  ...values('topic.partitions', ['0', '-1', '1.5', 'abc', '1001', '""'], invalid),
  ...values('topic.partitons', ['4'], { ...invalid, says: ['Did you mean topic.partitions?'] }),
  ...values('job.sink', ['delta', '""', 'NOOP'], invalid),
  ...values('job.aggregation', ['sum', '1'], invalid),
  ...values('trigger.continuous', ['1 second'], invalid),
  ...values('trigger.once', ['true'], byRule('few-batches')),
  ...values(
    'spark.app.name',
    [
      '"a\\0b"',
      '"\\e[31mred"',
      '"a\\rb"',
      '"a\\nb"',
      '"a\\tb"',
      '"\\x7f"',
      '"\\x9b31m"',
      '"\\u202e"',
      '"\\u2028"',
      '"\\u200b"',
      '"\\ufeff"',
      '"\\u0007"',
    ],
    unseen,
  ),
  ...values(
    'spark.app.id',
    [
      '9007199254740993',
      '-9007199254740993',
      '1e400',
      '.inf',
      '-.inf',
      '.nan',
      '123456789012345678901234567890',
    ],
    { ...invalid, says: ['held exactly'] },
  ),
  ...values(
    'spark.x',
    ['"${env:HOME}${env:"', '"${env:}"', '"${file:"', '"${env:1X}"', '"a${env:A B}"'],
    { ...invalid, says: ['reference'] },
  ),
  ...values('spark.ssl.keyPassword', ['hunter2', '12345'], { ...invalid, says: ['is a password'] }),
  ...sections(
    [
      'knobs: { "spark.a\\0b": 1 }',
      'knobs: { "spark.\\e[2J": 1 }',
      'factors: { "spark.\\u202ex": [1] }',
      'factors: { spark.app.name: ["a", "b\\e[1m"] }',
      'description: "\\e]0;title\\a"',
      'data: { kind: file, path: "a\\0b" }',
      'spark: { version: "4.0.0\\n" }',
      'baseline: { "a\\0": 1 }',
    ],
    unseen,
  ),
  ...sections([
    'data: { records: 0 }',
    'data: { records: -1 }',
    'data: { records: 1.5 }',
    'data: { records: "many" }',
    'data: { records: 1e10 }',
    'data: { records: null }',
    'data: { seed: -1 }',
    'data: { seed: 4294967296 }',
    'data: { kind: files }',
    'data: { kind: file }',
    'data: { kind: file, path: "" }',
    'data: { path: x }',
    'data: []',
    'design: { blocks: 0 }',
    'design: { blocks: -1 }',
    'design: { blocks: 1.5 }',
    'design: { blocks: 1000000000 }',
    'design: { blocks: "4" }',
    'design: { seed: "" }',
    'design: { seed: 1e99 }',
    'design: { kind: gird }',
    'design: { placebo: yes }',
    'measurement: { warmup: 8 }',
    'measurement: { warmup: -8s }',
    'measurement: { warmup: 8 s }',
    'measurement: { warmup: 1d }',
    'measurement: { timeLimit: 0s }',
    'measurement: { timeLimit: 0.0m }',
    'measurement: { timeLimit: 600h }',
    'measurement: { timeLimit: 99999999999999999999s }',
    'measurement: { window: 0h }',
    'measurement: { stallLimit: 0s }',
    'measurement: { batchLimit: 0s }',
    'measurement: { diskReserve: 5TB }',
    'measurement: { diskReserve: 99999999999999GB }',
    'measurement: { memoryReserve: -1MB }',
    'measurement: { rate: 5 }',
    'measurement: { mode: offered }',
    'measurement: { mode: offered, rate: 0, window: 60s }',
    'measurement: { mode: offered, rate: -1, window: 60s }',
    'measurement: { canary: maybe }',
    'stopping: { delta: 0% }',
    'stopping: { delta: 100% }',
    'stopping: { delta: 5 }',
    'stopping: { looks: [] }',
    'stopping: { looks: [3, 3] }',
    'stopping: { blocks: { min: 5, max: 4 } }',
    'stopping: { worthwhile: 3% }',
    'stopping: { delta: 10%, worthwhile: 5% }',
    'stopping: { worthwhile: 0% }',
    'design: { confirm: on }',
    'design: { confirm: { top: 0 } }',
    'design: { confirm: { top: 4 } }',
    'design: { confirm: {} }',
    'design: { confirm: { top: 1, screeningBlocks: 0 } }',
    'design: { confirm: { top: 1 }, blocks: 8 }\nstopping: { looks: [4, 8] }',
    'spark: { version: 4 }',
    'spark: { version: ../x }',
    'spark: { version: latest }',
    'kafka: {}',
    'kafka: { bootstrapServers: localhost }',
    'kafka: { bootstrapServers: "localhost:9092," }',
    'job: { kind: jar }',
    'factors: { spark.x: [] }',
    'factors: { spark.x: 5 }',
    'factors: { spark.x: [1, 1] }',
    'factors: { spark.x: [4, "4"] }',
    'factors: { spark.x: [true, "true"] }',
    'factors: { spark.x: [[1]] }',
    'factors: { spark.x: [{ a: 1 }] }',
    'factors: { x: [1] }',
    'factors: { spark.: [1] }',
    'factors: { __proto__: [1] }',
    'factors: { spark.sql.shuffle.partitions: [1, 2] }',
    'factors: { source.MAXoffsetsPerTrigger: [100] }',
    `factors: { spark.${'x'.repeat(400)}: [1] }`,
    'baseline: { spark.x: 1 }',
    'exclude: [{}]',
    'exclude: [{ spark.y: 1 }]',
    'exclude: { spark.y: 1 }',
    'knobs: []',
    'knobs: { sparkk.x: 1 }',
    'knobs: { spark.x: [1] }',
    'knobs: { spark.x: !!binary AAAA }',
    `knobs: { spark.x: "${'x'.repeat(10_001)}" }`,
    `description: ${'x'.repeat(2_001)}`,
    'desing: {}',
    'name: twice',
  ]),
  ...whole([
    '',
    '# nothing',
    'version: 1',
    'name: x',
    'version: 2\nname: x',
    'version: "1"\nname: x',
    'version: 1\nname: X',
    'version: 1\nname: ../x',
    'version: 1\nname: ""',
    `version: 1\nname: ${'x'.repeat(61)}`,
    '[1, 2]',
    'just text',
    '{"version": 1',
    'version: 1\n\tname: x',
    'version: 1\nname: *missing',
    'version: 1\nname: x\n---\nversion: 1',
    'a: &a [1]\nb: *a\n<<: *c',
    '['.repeat(20_000),
    `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
    '\u0000\u0001\u0002',
    '%YAML 9.9\n---\n!!js/function "x"',
  ]),
  ...sections(
    [
      'measurement: { warmup: 60s, window: 60s }',
      'measurement: { warmup: 10m }',
      'data: { records: 6400 }',
      'knobs: { source.maxOffsetsPerTrigger: 20000 }',
      'knobs: {}',
      'knobs: { source.maxOffsetsPerTrigger: 500, trigger.processingTime: 1 minute }\nmeasurement: { window: 5m, timeLimit: 10m }',
      'measurement: { mode: offered, rate: 0.01, window: 60s }',
    ],
    byRule('few-batches'),
  ),
];
