import { expect } from 'chai';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { init } from '../../src/cli/commands/job/init.js';
import { completeAnswers } from '../../src/cli/commands/job/init-questions.js';
import { lookAtScript } from '../../src/jobs/script/look-at-script.js';
import { expectError } from '../helpers/expect-error.js';
import { fixtureScript } from '../helpers/script-trial.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

interface Written {
  readonly job?: { script: string; query?: string; args?: string[] };
  readonly knobs: Record<string, unknown>;
  readonly factors: Record<string, unknown[]>;
  readonly data: { records?: number; path?: string };
}

describe('init', () => {
  const folder = temporaryFolder();

  /** What is written for a script, and what is said. */
  const known = new Map<string, ReturnType<typeof write>>();
  const ofScript = (name: string) => {
    const found = known.get(name) ?? write(fixtureScript(`scripts/${name}.py`), name);
    known.set(name, found);
    return found;
  };
  async function write(script: string | undefined, name: string) {
    const { host, written: said } = testHost();
    const context = { host: { ...host, cwd: folder }, exitCode: 0 as const };
    const given = { script, file: `${name}.yaml`, cores: 2 };
    await init(context, { given, force: false });
    const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
    return { text, said, exitCode: context.exitCode, parsed: parse(text) as Written };
  }

  const scripts = [
    ...['archive', 'by_hour', 'crime_statistics', 'enrich', 'findspark_word_count', 'many_sinks'],
    ...['stops_itself', 'two_queries', 'upserts', 'watched_loop'],
  ];
  for (const name of scripts) {
    it(`writes an experiment for ${name}.py that can be planned, and in which nothing is wrong`, async () => {
      const { parsed, said, exitCode, text } = await ofScript(name);
      expect(exitCode, `${said.out}${text}`).to.equal(0);
      expect(said.out).not.to.match(/error|warning/);
      expect(parsed.job?.script).to.match(new RegExp(`scripts/${name}\\.py$`));
      expect(said.err).to.match(/Next: .* plan .*\.yaml, then .* submit/);
    });
  }

  it('starts from what the script does today', async () => {
    const { parsed, text } = await ofScript('crime_statistics');
    expect(parsed.factors['spark.sql.shuffle.partitions']).to.deep.equal([7, 8, 2]);
    expect(parsed.knobs).to.include({ 'source.maxOffsetsPerTrigger': 200, 'job.sink': 'noop' });
    expect(text).to.contain('maxOffsetsPerTrigger=200 (line 17)').and.to.contain('keeps state');
  });

  it('varies the batches of a query without state, and keeps what writes', async () => {
    const { parsed } = await ofScript('upserts');
    expect(Object.keys(parsed.factors)).to.deep.equal([
      'source.maxOffsetsPerTrigger',
      'source.minPartitions',
    ]);
    expect(parsed.knobs).not.to.have.property('job.sink');
    expect(parsed.job?.args).to.deep.equal(['--rate', '1']);
  });

  it('names the query that decides, of several', async () => {
    const { parsed } = await ofScript('two_queries');
    expect(parsed.job?.query).to.equal('by_city');
  });

  it('without a script is for the shipped job, and takes a name that is none from the file', async () => {
    const { parsed, exitCode } = await write(undefined, 'My Night!');
    expect(exitCode).to.equal(0);
    expect(parsed).to.include({ name: 'my-night' }).and.not.to.have.property('job');
  });

  it('asks for what is not given, and takes nothing for the usual answer', async () => {
    const asked: string[] = [];
    const answers = ['', 'night', ''];
    const ask = (question: string) => {
      asked.push(question);
      return Promise.resolve(answers[asked.length - 1] ?? '');
    };
    const found = await completeAnswers({ script: 'a/my_job.py' }, ask);
    expect(found).to.deep.equal({ script: 'a/my_job.py', file: 'my_job.yaml', blocks: 8 });
    expect(asked).to.have.length(3);
  });

  it('replaces no file unless it is told to', async () => {
    const { host } = testHost();
    const context = { host: { ...host, cwd: folder }, exitCode: 0 as const };
    writeFileSync(join(folder, 'mine.yaml'), 'mine');
    const given = { file: 'mine.yaml' };
    await expectError(init(context, { given, force: false }), 'USAGE');
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).to.equal('mine');
    await init(context, { given, force: true });
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).to.contain('version: 1');
    await expectError(init(context, { given: { script: 'not-there.py' }, force: false }), 'USAGE');
    expect(existsSync(join(folder, 'not-there.yaml'))).to.equal(false);
  });

  it('sees nothing in a file that is no Python', async () => {
    const { signal } = testHost().host;
    const file = fixtureScript('bad/syntax_error.py');
    expect(await lookAtScript(file, 'python3', signal)).to.equal(undefined);
  });
});
