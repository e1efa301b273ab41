import { expect } from 'chai';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { lintRules } from '../../../src/model/lint-rules.js';
import { githubAnnotations } from '../../../src/report/github-annotations.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

async function run(...argv: string[]) {
  const { host, written } = testHost();
  return { exitCode: await runCommandLine(argv, host), ...written };
}

describe('lint', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'x.yaml');
  const enough =
    'data: { records: 300000 }\nknobs:\n  source.maxOffsetsPerTrigger: 5000\n  spark.sql.shuffle.partitions: 4\n';
  const write = (text: string) => {
    writeFileSync(file, `version: 1\nname: x\n${text}`);
  };

  it('says where, what, why and what instead, and ends well with warnings', async () => {
    write(`factors:\n  spark.executor.cores: [1, 2]\n${enough}`);
    const { exitCode, out } = await run('lint', file);
    expect(exitCode).to.equal(0);
    expect(out).to.contain('warning: spark.executor.cores (line 4)');
    expect(out).to.contain('local[N]');
  });

  it('ends with 2 where something is wrong', async () => {
    write('knobs: { spark.sql.shuffle.partitions: none }\n');
    expect((await run('lint', file)).exitCode).to.equal(2);
  });

  it('has nothing to say against an experiment that is right', async () => {
    write(`${enough}  spark.driver.memory: 1g\n`);
    expect((await run('lint', file)).out).to.equal('No problems found with the knobs.\n');
  });

  it('is part of plan', async () => {
    write('factors: { spark.default.parallelism: [null, 2] }\n');
    expect((await run('plan', file)).out).to.contain('warning: spark.default.parallelism (line 3)');
  });

  it('keeps run from a night with a misspelt knob, unless it is told to', async () => {
    write('data: { records: 200000 }\nfactors: { spark.sql.shufle.partitions: [2, 4] }\n');
    const world = join(folder, 'world.yaml');
    writeFileSync(world, 'version: 1\n');
    const args = ['run', file, '--simulate', world, '--results', join(folder, 'results')];
    const error = await expectError(runCommandLine(args, testHost().host), 'EXPERIMENT_INVALID');
    expect(error.message).to.contain('Did you mean spark.sql.shuffle.partitions?');
    expect((await run(...args, '--force')).exitCode).to.equal(0);
  });

  it('keeps run from a night in which a level fails or no trial counts, and plan says so too', async () => {
    const world = join(folder, 'world.yaml');
    writeFileSync(world, 'version: 1\n');
    const results = join(folder, 'refused');
    for (const [text, says] of [
      [
        `${enough}factors: { spark.sql.shuffle.partitions: [-5, 4] }\n`,
        /:6:43: spark\.sql\.shuffle\.partitions=-5: Its trials will fail\..*\[value\]$/m,
      ],
      [
        'data: { records: 80000 }\nknobs: { source.maxOffsetsPerTrigger: 20000 }\n',
        /:4:10: .*No trial can count\..*Use instead: data\.records: \d+.*\[few-batches\]$/m,
      ],
    ] as const) {
      write(text.replace('  spark.sql.shuffle.partitions: 4\n', ''));
      const args = ['run', file, '--simulate', world, '--results', results];
      const error = await expectError(runCommandLine(args, testHost().host), 'EXPERIMENT_INVALID');
      expect(error.message).to.match(says);
      expect(error.hint).to.contain('--force');
      expect(error.exitCode).to.equal(2);
      expect(existsSync(results)).to.equal(false);
      expect((await run('plan', file)).exitCode).to.equal(2);
      expect((await run('run', file, '--dry-run')).exitCode).to.equal(2);
    }
  });

  it('keeps nobody from resuming a run that was forced', async () => {
    const [world, results] = [join(folder, 'world.yaml'), join(folder, 'forced')];
    writeFileSync(world, 'version: 1\n');
    write(
      'data: { records: 300000 }\nknobs: { source.maxOffsetsPerTrigger: 5000 }\nfactors: { spark.sql.shuffle.partitions: [-5, 4] }\n',
    );
    const args = ['run', file, '--simulate', world, '--results', results, '--force'];
    await run(...args, '--budget', '1s');
    const [forced = ''] = readdirSync(results);
    const resumed = await run('resume', join(results, forced));
    expect(resumed.exitCode).to.equal(0);
    expect(resumed.out).to.contain('4/4');
  });

  it('says notes in full only itself', async () => {
    write(
      `${enough.replace('  spark.sql.shuffle.partitions: 4\n', '')}factors: { spark.sql.shuffle.partitions: [4, 8] }\n`,
    );
    expect((await run('lint', file)).out).to.contain('fresh checkpoint');
    const { out } = await run('plan', file);
    expect(out).not.to.contain('fresh checkpoint');
    expect(out).to.contain('1 note (`streamtune lint FILE` shows the notes).');
  });

  it('explains its rules', async () => {
    for (const rule of Object.keys(lintRules)) {
      expect((await run('lint', '--explain', rule)).out).to.match(new RegExp(`^${rule} \\(`));
    }
    const wrong = runCommandLine(['lint', '--explain', 'cant-act'], testHost().host);
    expect((await expectError(wrong, 'USAGE')).message).to.contain('Did you mean cannot-act?');
    await expectError(runCommandLine(['lint'], testHost().host), 'USAGE');
  });

  it('mends in the file what has one mend, and leaves all else as it is', async () => {
    const text = `${enough}  sprk.serializer: x   # kept
desing: {   blocks:  "3" ,  kind: gird }
factors:
  spark.sql.adaptive.enabeld: [ true, false ] # streamtune-ignore: cannot-act a placebo
  # streamtune-ignore: frozen not at all
  topic.partitons: [1, 2]
`;
    write(text);
    chmodSync(file, 0o640);
    const { exitCode } = await run('lint', file, '--fix', '--json');
    expect(exitCode).to.equal(0);
    const fixed = text
      .replace('sprk.serializer', 'spark.serializer')
      .replace('desing', 'design')
      .replace('"3"', '3')
      .replace('gird', 'grid')
      .replace('enabeld', 'enabled')
      .replace('  # streamtune-ignore: frozen not at all\n', '')
      .replace('topic.partitons', 'topic.partitions');
    expect(readFileSync(file, 'utf8')).to.equal(`version: 1\nname: x\n${fixed}`);
    expect(statSync(file).mode & 0o777).to.equal(0o640);
    expect(readdirSync(folder).filter((name) => name.endsWith('.draft'))).to.deep.equal([]);
    const other = join(folder, 'link.yaml');
    write(text);
    symlinkSync(file, other);
    await run('lint', other, '--fix');
    expect(readFileSync(file, 'utf8')).to.equal(`version: 1\nname: x\n${fixed}`);
    expect(lstatSync(other).isSymbolicLink()).to.equal(true);
  });

  it('mends nothing that could mean two things, or that a person must decide', async () => {
    const text =
      'data: { records: 80000 }\nknobs: { source.maxOffsetsPerTrigger: 20000, job.sink: delta }\n';
    write(text);
    const error = await expectError(
      runCommandLine(['lint', file, '--fix'], testHost().host),
      'EXPERIMENT_INVALID',
    );
    expect(error.message).to.match(/x\.yaml:4:46: configuration baseline cannot run: job\.sink/);
    expect(readFileSync(file, 'utf8')).to.equal(`version: 1\nname: x\n${text}`);
  });

  it('annotates the lines of a workflow, also where the file cannot be read as an experiment', async () => {
    write(`factors:\n  spark.executor.cores: [1, 2]\n${enough}`);
    const annotated = await run('lint', file, '--format', 'github');
    expect(annotated.exitCode).to.equal(0);
    expect(annotated.out).to.match(
      /^::warning file=[^:,]*x\.yaml,line=4,col=3,title=streamtune cannot-act::spark\.executor\.cores: [^\n]+\n$/,
    );
    write('data: { records: 0 }\nname2: x\n');
    const invalid = await run('lint', file, '--format', 'github');
    expect(invalid.exitCode).to.equal(2);
    expect(invalid.out).to.match(
      /^::error file=.*,line=3,col=18,title=streamtune invalid::data\.records /m,
    );
    const json = JSON.parse((await run('lint', file, '--json')).out) as { rule: string }[];
    expect(json.map(({ rule }) => rule)).to.deep.equal(['invalid', 'invalid']);
  });

  it('escapes what would end an annotation', () => {
    const finding = {
      rule: 'value' as const,
      key: 'a',
      levels: ['100%\n::b'],
      why: '',
      instead: null,
    };
    const given = { severity: 'error', what: 'x\r\n::c', ...finding } as const;
    expect(githubAnnotations([given], 'a,b:c%.yaml')).to.equal(
      '::error file=a%2Cb%3Ac%25.yaml,title=streamtune value::a=100%25\\n::b: x%0D%0A::c',
    );
  });
});
