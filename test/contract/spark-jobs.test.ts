import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { jobKnobProblems } from '../../src/jobs/template/job-knob-problems.js';
import { jobParameters } from '../../src/jobs/template/job-parameters.js';
import { renderJob } from '../../src/jobs/template/render-job.js';
import { installedRuff } from '../helpers/ruff.js';

const places = {
  bootstrapServers: 'localhost:9092',
  topic: 'police-calls',
  outputTopic: 'police-calls-counts',
  checkpoint: 'checkpoint',
  output: 'output',
  radioCodes: 'data/radio_code.json',
};

/** Every combination of aggregation and sink that the template offers. */
const variants = ['by-type', 'by-type-window', 'join'].flatMap((aggregation) =>
  ['console', 'noop', 'memory', 'parquet', 'kafka'].map((sink) => ({
    'job.aggregation': aggregation,
    'job.sink': sink,
  })),
);

describe('the shipped Python', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-jobs-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('passes the linter and the formatter, in every variant of the job', async function () {
    this.timeout(180_000); // the first time, the linter is installed
    const ruff = await installedRuff();
    for (const knobs of variants.filter((one) => jobKnobProblems(one).length === 0)) {
      const name = Object.values(knobs).join('_').replaceAll('-', '_');
      for (const [suffix, checkpoint] of [
        ['short', 'checkpoint'],
        ['long', `/a/folder/${'x'.repeat(60)}/checkpoint`],
        ['longer', `/a/folder/${'x'.repeat(90)}/checkpoint`],
      ] as const) {
        const source = renderJob(jobParameters(knobs), { ...places, checkpoint });
        writeFileSync(join(folder, `${name}_${suffix}.py`), source);
      }
    }
    const files = [folder, projectPath('spark-jobs'), projectPath('bench')];
    const select = ['--select', 'F,E4,E7,E9,W,I,B,UP,SIM,N', '--target-version', 'py39'];
    for (const args of [
      ['check', '--isolated', '--no-cache', ...select, ...files],
      ['format', '--isolated', '--no-cache', '--diff', folder],
    ]) {
      const { status, stdout, stderr } = spawnSync(ruff, args, { encoding: 'utf8' });
      expect(status, stdout + stderr).to.equal(0);
    }
  });

  it('compiles', () => {
    const file = join(folder, 'job.py');
    writeFileSync(file, renderJob(jobParameters({}), places));
    const shipped = readdirSync(projectPath('spark-jobs')).filter((name) => name.endsWith('.py'));
    expect(shipped).to.include.members(['launcher.py', 'progress_listener.py']);
    const script = 'import sys\nfor name in sys.argv[1:]: compile(open(name).read(), name, "exec")';
    const targets = [file, ...shipped.map((name) => projectPath(`spark-jobs/${name}`))];
    const { status, stderr } = spawnSync('python3', ['-c', script, ...targets], {
      encoding: 'utf8',
    });
    expect(status, stderr).to.equal(0);
  });

  const hostile = [
    'quote " and \' and """ and \'\'\'',
    'line\nbreak\r\n',
    '{{ braces }} {% jinja %} <% eta %> <%= it %> <%~ it.x %>',
    'back\\slash \\n \\" \\',
    'ümläut 漢字 😀 \u2028 \u2029 \u0085',
    'nul \0 bell \x07 delete \x7f',
    'lone \ud800 surrogate',
    '# comment */ -- ; $(id) `id` ${x} %s {0}',
    '\ufeffbyte order mark',
    '")\nimport os; os.system("id")\n("',
  ];
  for (const value of hostile) {
    it(`keeps ${JSON.stringify(value)} a value, never code`, () => {
      const knobs = {
        'job.window': value,
        'job.watermark': value,
        'job.outputTopic': value,
        'job.sink': 'kafka',
        'source.option': value,
        [`source.${value}`]: 'x',
        'trigger.processingTime': value,
      };
      const source = renderJob(jobParameters(knobs), {
        ...places,
        topic: value,
        outputTopic: value,
        checkpoint: value,
      });
      const found = constantsOf(source);
      for (const name of ['WINDOW', 'WATERMARK', 'OUTPUT_TOPIC', 'TOPIC', 'CHECKPOINT']) {
        expect(found.constants[name], name).to.equal(value);
      }
      expect(found.constants['SOURCE_OPTIONS']).to.deep.equal({
        startingOffsets: 'earliest',
        option: value,
        [value]: 'x',
      });
      expect(found.shape).to.deep.equal(constantsOf(harmless()).shape);
    });
  }
});

function harmless(): string {
  const knobs = {
    'job.sink': 'kafka',
    'source.option': 'a',
    'source.b': 'x',
    'trigger.processingTime': 'c',
  };
  return renderJob(jobParameters(knobs), places);
}

/** The constants of a Python file, and the shape of all its statements without their constants. */
function constantsOf(source: string): { constants: Record<string, unknown>; shape: string[] } {
  const script = `
import ast, json, sys
tree = ast.parse(sys.stdin.buffer.read())
constants = {}
for node in tree.body:
    if isinstance(node, ast.Assign) and node.targets[0].id != "CALL_SCHEMA":
        constants[node.targets[0].id] = ast.literal_eval(node.value)
shape = [type(node).__name__ for node in ast.walk(tree)]
print(json.dumps({"constants": constants, "shape": shape}))
`;
  const out = execFileSync('python3', ['-c', script], { input: source, encoding: 'utf8' });
  return JSON.parse(out) as ReturnType<typeof constantsOf>;
}
