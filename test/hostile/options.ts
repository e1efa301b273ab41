import type { ErrorCode } from '../../src/model/error-catalogue.js';
import { errorCatalogue } from '../../src/model/error-catalogue.js';
import type { HostileRow } from './rows.js';

/** What stands on a command line. */
interface OptionRow extends HostileRow {
  readonly args: readonly string[];
}

/** The folder that they run in holds `quick.yaml`, and `wide.yaml` with 101 configurations. */
const plan = ['plan', 'quick.yaml'];
const run = ['run', 'quick.yaml'];
const produce = ['produce', '--topic', 'calls', '--count', '9'];
const consume = ['consume', '--topic', 'calls'];

const noNumber = [
  '',
  ' ',
  'abc',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '1e99',
  '1,000',
  '４',
  '1 2',
];
const noCount = [...noNumber, '0', '-1', '1.5', '-0'];
const noAddress = ['', ' ', 'localhost', 'localhost:', ':9092', 'localhost:0', 'localhost:99999'];
const noTopic = ['', '.', '..', '../x', 'a b', 'a/b', 'x'.repeat(250), 'é', 'a\u001b[31m', 'a\nb'];
const noVersion = [
  '',
  '4',
  '4.0',
  '../x',
  '4.0.0/..',
  '4.0.0\n',
  'latest',
  '4.0.0 ',
  `${'9'.repeat(300)}.0.0`,
];
const noSpan = ['', '8', '8 hours', '0h', '-1h', 'h', '1m1h', '9999999h', 'soon'];
const noTime = ['', '7', '24:00', '07:60', 'noon', '7:0', '07:00:00'];
const noVerdict = ['same', 'worse:', 'worse:x', 'worse:-1%', '__proto__'];
const noLevels = ['x', 'spark.x', '=', 'spark.x=', 'spark.x=1'];
const noMaster = ['', ' ', 'local [2]', '\u001b[31m', 'local[2]\n'];
const noGroup = ['', 'a\u0007b', 'x'.repeat(250)];

/** Values of one option, each refused in a message with the option, the value, and what it takes. */
const refusedValues: readonly OptionRow[] = (
  [
    [plan, '--blocks', [...noCount, '1001', '1e9']],
    [plan, '--seed', [...noNumber, '-1', '0.5', '4294967296']],
    [plan, '--master', noMaster],
    [plan, '--budget', noSpan],
    [['setup'], '--spark-version', noVersion],
    [['doctor'], '--spark-version', ['', '../x']],
    [run, '--spark-version', ['', '../x']],
    [run, '--until', noTime],
    [run, '--budget', ['', 'soon']],
    [['resume', 'nowhere'], '--until', ['', 'noon']],
    [['resume', 'nowhere'], '--budget', ['', 'soon']],
    [['lint', 'quick.yaml'], '--blocks', ['0', '1e9']],
    [['kafka', 'up'], '--port', [...noCount, '80.5', '65536', '99999']],
    [['topic', 'create', 'a'], '--partitions', [...noCount, '1001']],
    [['topic', 'list'], '--bootstrap-servers', noAddress],
    [produce, '--partitions', noCount],
    [['produce', '--topic', 'calls'], '--count', noCount],
    [produce, '--rate', [...noNumber, '0', '-1', '1000001']],
    [produce, '--seed', ['', '-1', '1e99']],
    [['produce', '--count', '9'], '--topic', noTopic],
    [consume, '--max-messages', noCount],
    [consume, '--group', noGroup],
    [['consume'], '--topic', ['', '..']],
    [consume, '--partition', [...noNumber, '-1', '1.5', '2147483648']],
    [[...consume, '--partition', '0'], '--offset', [...noNumber, '-1', '1.5']],
    [['serve', 'nowhere'], '--port', [...noCount, '65536']],
    [['serve', 'nowhere'], '--bootstrap-servers', noAddress],
    [['init'], '--records', [...noCount, '1e10']],
    [['init'], '--blocks', ['', '0', '1001']],
    [['init'], '--cores', [...noCount, '1025']],
    [['compare', 'a', 'b'], '--format', ['', 'xml', 'constructor']],
    [['generate', 'quick.yaml'], '--topic', ['', 'a b']],
    [['generate', 'quick.yaml'], '--bootstrap-servers', ['', 'x', 'a:1;b:2', 'a"b:1']],
  ] as const
).flatMap(([before, option, values]) =>
  values.map((value) => row([...before, `${option}=${value}`], 'USAGE', [option, 'takes'])),
);

const refused: readonly OptionRow[] = [
  ...['report', 'compare'].flatMap((name) =>
    noVerdict.map((verdict) =>
      row([name, 'a', ...(name === 'compare' ? ['b'] : []), `--fail-on=${verdict}`], 'USAGE', [
        `--fail-on: "${verdict}" is not a verdict`,
        'For example',
      ]),
    ),
  ),
  ...noLevels.map((levels) => row(['submit', `--param=${levels}`], 'USAGE', ['For example'])),
  // no value, or nothing in it
  ...[
    [...plan, '--blocks'],
    [...plan, '--blocks', '--json'],
    [...run, '--until'],
    ['kafka', 'up', '--port'],
    ['consume', '-t'],
    [...run, '--results'],
    [...run, '--results', '--quiet'],
  ].map((args) => row(args, 'USAGE', ['needs a value'])),
  ...[
    [...run, '--results', ''],
    [...run, '--results='],
    [...run, '--simulate', ''],
    [...run, '--events', ''],
    [...produce, '--file', ''],
    ['generate', 'quick.yaml', '--config', ''],
    ['knobs', '--search', ''],
    ['knobs', ''],
    ['plan', ''],
    ['lint', ''],
    ['run', ''],
    ['generate', ''],
    ['resume', ''],
    ['status', ''],
    ['report', ''],
    ['answers', ''],
    ['serve', ''],
    ['init', ''],
    ['init', '--data='],
    ['init', '--out', ''],
    ['submit', ''],
    ['submit', 'quick.yaml', '--config='],
    ['import', ''],
    ['diagnose', ''],
    ['compare', '', 'b'],
    ['runs', '--results', ''],
    ['report', 'nowhere', '--export-csv='],
  ].map((args) => row(args, 'USAGE', ['is empty'])),
  ...['', '.', '..', '../x', 'a b'].map((name) =>
    row(['topic', 'create', name], 'USAGE', ['<name>', JSON.stringify(name), '249']),
  ),
  row(['topic', 'describe', '..'], 'USAGE', ['<name>']),
  row(['plan', 'a\0b'], 'USAGE', ['NUL']),
  row([...run, '--results', 'a\0b'], 'USAGE', ['--results', 'NUL']),
  // more than one
  ...[
    [...plan, '--blocks', '2', '--blocks', '3'],
    [...run, '--results', 'a', '--results', 'b'],
    [...consume, '-t', 'other'],
    ['kafka', 'up', '--port=1', '--port=2'],
  ].map((args) => row(args, 'USAGE', ['more than once'])),
  // flags with a value
  ...['--json=maybe', '--json=', '--json=1'].map((flag) =>
    row([...plan, flag], 'USAGE', ['--json takes no value']),
  ),
  row([...run, '--dry-run=yes'], 'USAGE', ['--dry-run takes no value']),
  row([...plan, '--json', 'maybe'], 'USAGE', ['maybe']),
  row(['import', 'a.log', '--json=maybe'], 'USAGE', ['--json takes no value']),
  // what does not go together
  row(['import', 'a.log', '--json', '--markdown'], 'USAGE', ['--json and --markdown do not']),
  row(['compare', 'a', 'b', '--json', '--format', 'markdown'], 'USAGE', ['do not go together']),
  row([...consume, '--offset', '3'], 'USAGE', ['--offset needs --partition']),
  row(['submit', 'quick.yaml', '--param', 'spark.x=1,2'], 'USAGE', ['either an experiment file']),
  row(['init', '--out', 'quick.yaml', '--yes'], 'USAGE', ['quick.yaml exists', '--force']),
  // what is not there
  row(['submit', 'quick.yaml', '--config', 'c9'], 'CONFIGURATION_UNKNOWN', ['it has baseline']),
  row(['serve', 'nowhere'], 'RUN_NOT_FOUND', ['streamtune runs']),
  row(['compare', 'a', 'b'], 'RUN_NOT_FOUND', ['There is no run a']),
  row(['import', 'nowhere'], 'LOG_UNREADABLE', ['there is no such file']),
  row(['diagnose', 'nowhere'], 'LOG_UNREADABLE', ['there is no such file']),
  row(['init', 'nowhere.py', '--yes'], 'USAGE', ['nowhere.py is not there']),
  row(['submit', 'nowhere.yaml'], 'EXPERIMENT_UNREADABLE', ['there is no such file']),
  // the command at the end of a run
  row([...run, '--on-finish'], 'USAGE', ['--on-finish', 'COMMAND']),
  row([...run, '--on-finish', '--'], 'USAGE', ['--on-finish', 'COMMAND']),
  row([...run, '--on-finish', '--', ''], 'USAGE', ['--on-finish', 'COMMAND']),
  row([...run, '--', 'notify-send'], 'USAGE', ['notify-send', '--on-finish']),
  row([...plan, '--', 'notify-send'], 'USAGE', ['notify-send', '--on-finish']),
  row(['resume', 'x', '--on-finish'], 'USAGE', ['--on-finish', 'COMMAND']),
  // what does not exist
  row([...run, '--block', '3'], 'USAGE', ['--block.', 'Did you mean --blocks?']),
  row([...plan, '--jsno'], 'USAGE', ['Did you mean --json?']),
  row([...plan, '--dry-run'], 'USAGE', ['Unknown option --dry-run']),
  row([...plan, '--spark-verison', '4.0.0'], 'USAGE', ['Did you mean --spark-version?']),
  row([...plan, '--blocks.x', '3'], 'USAGE', ['--blocks.x']),
  row([...plan, '--__proto__', 'x'], 'USAGE', ['__proto__']),
  row([...plan, '--constructor', 'x'], 'USAGE', ['constructor']),
  row([...plan, '--toString'], 'USAGE', ['toString']),
  row([...plan, '--file', 'b.yaml'], 'USAGE', ['Unknown option --file']),
  row([...plan, '-x'], 'USAGE', ['Unknown option -x']),
  row([...plan, '---'], 'USAGE'),
  row([...plan, 'blocks', '3'], 'USAGE', ['Unexpected argument', 'Did you mean --blocks?']),
  row([...plan, '--\u001b[31m'], 'USAGE'),
  row(['topic', 'list', 'more'], 'USAGE', ['Unexpected argument: more']),
  row(['plan', 'x\nINTERNAL: y.yaml'], 'EXPERIMENT_UNREADABLE', ['\n  INTERNAL: y.yaml']),
  row([...plan.slice(0, 1), 'wide.yaml', '--blocks', '1000'], 'USAGE', ['--blocks', '100,000']),
  // what is missing
  row([], 'USAGE', ['Which command?']),
  ...['plan', 'lint', 'run', 'generate'].map((name) =>
    row([name], 'USAGE', [`${name} needs <file>`]),
  ),
  ...['resume', 'status', 'report', 'answers'].map((name) =>
    row([name], 'USAGE', [`${name} needs <dir>`]),
  ),
  ...['import', 'diagnose'].map((name) => row([name], 'USAGE', [`${name} needs <files..>`])),
  row(['compare', 'a'], 'USAGE', ['compare needs <before> <after>']),
  row(['submit'], 'USAGE', ['submit needs <file>, or --param']),
  row(['serve', 'a', 'b'], 'USAGE', ['Unexpected argument: b']),
  row(['topic', 'delete'], 'USAGE', ['topic delete needs <name>']),
  row(['topic'], 'USAGE', ['create, list, describe or delete']),
  row(['kafka'], 'USAGE', ['up, down or status']),
  row(['topic', 'create'], 'USAGE', ['topic create needs <name>']),
  row(['produce', '--count', '9'], 'USAGE', ['--topic must be given']),
  row(['consume'], 'USAGE', ['--topic must be given']),
  row(['produce', '--topic', 'calls'], 'USAGE', ['--count, --rate or --file']),
];

/** Words that are no command, and what was meant. */
const mistyped: readonly OptionRow[] = (
  [
    ['rnu', 'run'],
    ['ran', 'run'],
    ['RUN', 'run'],
    ['start', 'run, kafka up or cluster up'],
    ['list', 'topic list'],
    ['ls', 'topic list'],
    ['up', 'kafka up'],
    ['stop', 'kafka down'],
    ['create', 'topic create'],
    ['topics', 'topic'],
    ['install', 'setup'],
    ['check', 'lint or doctor'],
    ['docter', 'doctor'],
    ['continue', 'resume'],
    ['show', 'report'],
    ['answer', 'answers'],
    ['producer', 'produce'],
    ['version', '--version'],
    ['kafka start', 'kafka up'],
    ['kafka stop', 'kafka down'],
    ['kafka stat', 'kafka status'],
    ['topic ls', 'topic list'],
    ['topic new', 'topic create'],
    ['topic show', 'topic describe'],
    ['topic creat', 'topic create'],
  ] as const
).map(([words, meant]) => row(words.split(' '), 'USAGE', ['Did you mean', meant]));

const unknown: readonly OptionRow[] = [
  ...['xyzzy', '\u001b[31mred', '..', 'constructor', '__proto__', '{}', 'x'.repeat(5_000)],
].map((word) => row([word], 'USAGE', ['is no command']));

/** Met by a host that has already been interrupted, so what passes the checks of its options does nothing. */
const accepted: readonly OptionRow[] = [
  row([...plan, '--blocks', '4', '--seed', '4294967295', '--master', 'local[2]'], 'ok'),
  row([...plan, '--blocks', '1e2'], 'ok'),
  row([...plan, '--budget', '1h30m', '--json'], 'ok'),
  row([...plan, '--spark-version', '4.0.0'], 'ok'),
  row([...run, '--dry-run', '-q'], 'ok'),
  row(['lint', 'quick.yaml', '--no-json'], 'ok'),
  row(['knobs', '--search', 'rocksdb'], 'ok'),
  row(['generate', 'quick.yaml', '--topic', 'a.b_c-d', '--bootstrap-servers', 'a:1, b:2'], 'ok'),
  row(['-h'], 'ok', ['streamtune <command>']),
  row(['help'], 'ok', ['streamtune <command>']),
  row(['help', 'run'], 'ok', ['streamtune run [file]']),
  row(['run', '-h'], 'ok', ['--quiet', '--until']),
  row(['topic', 'create', '-h'], 'ok', ['--partitions']),
  row(['--version'], 'ok'),
  row(['kafka', 'up', '--port', 'abc', '--help'], 'ok', ['--port']),
  row([...run, '--blok', '3', '-h'], 'ok', ['--blocks']),
  row(['knobs', '--search', '-h'], 'ok', ['--search']),
  row([...run, '--budget', '8h', '--until', '07:00', '--quiet'], 'INTERRUPTED'),
  row([...run, '--on-finish', '--results', 'x', '--', 'true'], 'INTERRUPTED'),
  row(['topic', 'create', 'a', '--partitions', '1000'], 'INTERRUPTED'),
  row(['topic', 'list', '-b', 'localhost:65535'], 'INTERRUPTED'),
  row(['runs', '--results', 'nowhere'], 'ok', ['There are no runs in nowhere']),
  row(['completion', 'fish', '-h'], 'ok', ['completion']),
  row([...consume, '--partition', '0', '--offset', '3', '--until-end'], 'INTERRUPTED'),
  row([...produce, '--rate', '0.5', '-q'], 'INTERRUPTED'),
  row([...consume, '--max-messages', '1', '--group', 'me', '-q'], 'INTERRUPTED'),
];

/** Every row of this door. */
export const optionRows = [...refusedValues, ...refused, ...mistyped, ...unknown, ...accepted];

function row(
  args: readonly string[],
  code: ErrorCode | 'ok',
  says: readonly string[] = [],
): OptionRow {
  const exitCode = code === 'ok' ? 0 : errorCatalogue[code].exitCode;
  return {
    name: args.join(' ').slice(0, 80),
    door: 'options',
    args,
    expect: { code, exitCode, says },
  };
}
