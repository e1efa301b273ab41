import { expect } from 'chai';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { acquireLock } from '../../../src/process/lock-file.js';
import { topicOwner } from '../../../src/run/stored/topic-owner.js';
import { createRunFolder, lockFileOf } from '../../../src/store/run-folder.js';
import { writeOpening } from '../../../src/store/run-opening.js';
import { expectError } from '../../helpers/expect-error.js';
import { runRecord } from '../../helpers/run-record.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const text = `version: 1
name: owner
knobs: { topic.name: my-calls, job.sink: kafka, job.outputTopic: my-counts }
`;

describe('topicOwner', () => {
  const root = temporaryFolder();
  const own = 'streamtune-01234567-b1-t1-baseline-counts';
  let folder: string;

  before(async () => {
    const { manifest, experiment, plan } = runRecord(text, () => undefined);
    folder = await createRunFolder(root, 'owner', Date.UTC(2026, 0, 31, 20));
    await writeOpening(folder, { manifest, experiment, plan, text });
    writeFileSync(join(root, 'a file'), '');
  });

  const locked = () =>
    acquireLock({
      file: lockFileOf(folder),
      timeoutMs: 1_000,
      signal: new AbortController().signal,
    });

  it('finds the run that made, reads or writes a topic, and whether it is going on', async () => {
    for (const topic of [own, 'my-calls', 'my-counts']) {
      expect(await topicOwner(topic, root)).to.deep.equal({ folder, isLive: false });
    }
    await using _lock = await locked();
    expect(await topicOwner('my-calls', root)).to.deep.equal({ folder, isLive: true });
  });

  it('knows nothing of other topics, nor without results', async () => {
    expect(await topicOwner('police-calls', root)).to.equal(undefined);
    expect(await topicOwner('streamtune-89abcdef-x', root)).to.equal(undefined);
    expect(await topicOwner('my-calls', join(root, 'none'))).to.equal(undefined);
  });

  const remove = (...args: string[]) =>
    runCommandLine(
      ['topic', 'delete', ...args, '--results', root, '-b', '127.0.0.1:1'],
      testHost().host,
    );

  it('keeps topic delete from the topics of a live run, of an unknown one, and of Kafka', async () => {
    await using _lock = await locked();
    const used = await expectError(remove('my-calls'), 'RUN_IN_USE');
    expect(used.message).to.contain(folder);
    await expectError(remove('streamtune-89abcdef-x'), 'RUN_IN_USE');
    await expectError(remove('__consumer_offsets', '--force'), 'USAGE');
  });

  it('leaves the broker to decide about all others, and with --force', async () => {
    await expectError(remove(own), 'BROKER_UNREACHABLE');
    await expectError(remove('streamtune-89abcdef-x', '--force'), 'BROKER_UNREACHABLE');
    rmSync(join(root, 'a file'));
    await expectError(remove('police-calls'), 'BROKER_UNREACHABLE');
  });
});
