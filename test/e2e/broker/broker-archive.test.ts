import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrokerArchive } from '../../../src/execution/find-broker-archive.js';
import {
  brokerFiles,
  log4jProperties,
  serverProperties,
} from '../../../src/kafka/broker/broker-config.js';
import { firstCheckpoint, formatStorage } from '../../../src/kafka/broker/format-storage.js';
import { createTopic, listTopics } from '../../../src/kafka/topics.js';
import type { BrokerArchive } from '../../../src/model/broker-archive.js';
import { realBroker, realToolchain } from '../../helpers/real-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('the archive of a broker', () => {
  const pids: number[] = [];
  const folder = temporaryFolder(() => pids);
  const { host } = testHost();
  let archive: BrokerArchive;
  before(async () => {
    const found = await findBrokerArchive(await realToolchain(), host);
    if (found === undefined) throw new Error('no archive; `streamtune setup` makes it');
    archive = found;
  });

  it('gives a new broker its classes and its metadata, and no cluster of somebody else', async () => {
    const loadedClasses = join(folder, 'loaded-classes.log');
    const log = `-Xlog:class+load:file=${loadedClasses}`;
    const clusters: string[] = [];
    for (const name of ['first', 'second']) {
      const javaOptions = [...archive.javaOptions, log];
      const options = { archive: { ...archive, javaOptions } };
      await using broker = await realBroker(join(folder, name), options);
      pids.push(broker.pid);
      const connection = { endpoint: broker.endpoint, signal: host.signal };
      await createTopic(connection, { name: 'calls', partitions: 2 });
      expect(await listTopics(connection)).to.deep.equal(['calls']);
      const meta = readFileSync(join(folder, name, 'broker', 'data', 'meta.properties'), 'utf8');
      clusters.push(/^cluster\.id=(\S{22})$/m.exec(meta)?.[1] ?? '');
    }
    expect(clusters[0]).not.to.equal('').and.not.to.equal(clusters[1]);
    const fromArchive = readFileSync(loadedClasses, 'utf8')
      .split('\n')
      .filter((line) => line.includes('shared objects file (top)'));
    expect(fromArchive.length).to.be.greaterThan(3_000);
    expect(fromArchive.some((line) => line.includes('kafka.server.BrokerServer'))).to.equal(true);
  });

  it('holds the metadata that formatting writes, but for when it was written', async () => {
    const { kafka, java } = await realToolchain();
    const directory = join(folder, 'formatted');
    mkdirSync(directory);
    const { log4j, properties, data } = brokerFiles(directory);
    writeFileSync(log4j, log4jProperties);
    writeFileSync(properties, serverProperties({ port: 1, controllerPort: 2, data }));
    const { env, signal } = host;
    await formatStorage({ kafka, java, directory, env, signal });
    const formatted = timeless(readFileSync(firstCheckpoint(data)));
    expect(formatted.includes('metadata.version')).to.equal(true);
    expect(timeless(readFileSync(archive.checkpoint)).equals(formatted)).to.equal(true);
  });
});

/** Record batches (message format 2) without their checksums and without every time of this century. */
function timeless(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  for (let batch = 0; batch < copy.length; batch += 12 + copy.readInt32BE(batch + 8)) {
    copy.writeInt32BE(0, batch + 17);
  }
  const [from, to] = [Date.UTC(2001), Date.UTC(2101)];
  for (let at = 0; at + 8 <= copy.length; at += 1) {
    const value = Number(copy.readBigInt64BE(at));
    if (value >= from && value < to) copy.writeBigInt64BE(0n, at);
  }
  return copy;
}
