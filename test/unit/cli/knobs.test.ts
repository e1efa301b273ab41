import { expect } from 'chai';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { expectError } from '../../helpers/expect-error.js';
import { testHost } from '../../helpers/test-host.js';

async function run(...argv: string[]) {
  const { host, written } = testHost();
  return { exitCode: await runCommandLine(argv, host), ...written };
}

describe('knobs', () => {
  it('shows one knob whole', async () => {
    const { out } = await run('knobs', 'spark.sql.shuffle.partitions');
    expect(out).to.match(/default +200/);
    expect(out).to.contain('keeps the value that it was made with');
    expect(out).to.contain('restart of the query with a new checkpoint');
  });

  it('shows a default that has changed, and until when a knob was there', async () => {
    const { out } = await run('knobs', 'spark.sql.ansi.enabled');
    expect(out).to.match(/default +false; true from Spark 4\.0\.0$/m);
    const gone = await run('knobs', 'spark.sql.streaming.join.stateFormatV4.enabled');
    expect(gone.out)
      .to.match(/since +Spark 4\.2\.0$/m)
      .and.to.match(/until +Spark 4\.3\.0$/m);
  });

  it('answers for the Spark that is asked for', async () => {
    const ansi = (version: string) =>
      run('knobs', 'spark.sql.ansi.enabled', '--spark-version', version);
    expect((await ansi('3.5.7')).out).to.match(/default +false$/m);
    expect((await ansi('4.2.0')).out).to.match(/default +true$/m);
    const gone = 'spark.sql.streaming.join.stateFormatV4.enabled';
    const early = await run('knobs', gone, '--spark-version', '4.0.0');
    expect(early.out)
      .to.match(/Spark 4\.0\.0 +does not have it/)
      .and.not.to.match(/^ +default/m);
    const [old, today] = await Promise.all(
      ['4.0.0', '4.2.0'].map((version) => run('knobs', '--spark-version', version, '--json')),
    );
    const keysIn = (text = '') => (JSON.parse(text) as { key: string }[]).map(({ key }) => key);
    expect(keysIn(old?.out)).not.to.include(gone);
    expect(keysIn(today?.out)).to.include(gone);
  });

  it('finds knobs by words', async () => {
    const { out } = await run('knobs', '--search', 'rocksdb cache');
    expect(out).to.contain('blockCacheSizeMB').and.not.to.contain('maxOffsetsPerTrigger');
    expect((await run('knobs', '--search', 'nothing has this')).out).to.contain('No knob');
  });

  it('prints JSON where that is asked', async () => {
    const { out } = await run('knobs', 'topic.partitions', '--json');
    expect(JSON.parse(out)).to.deep.include({ key: 'topic.partitions', change: 'new-topic' });
  });

  it('knows what was meant', async () => {
    const { host } = testHost();
    const error = await expectError(
      runCommandLine(['knobs', 'spark.sql.shuffel.partitions'], host),
      'USAGE',
    );
    expect(error.message).to.contain('Did you mean spark.sql.shuffle.partitions?');
  });
});
