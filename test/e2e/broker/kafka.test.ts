import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { callFields, readSample } from '../../../src/dataset/police-call.js';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { findBroker } from '../../../src/kafka/broker/find-broker.js';
import { freePorts } from '../../../src/kafka/broker/free-port.js';
import { stopManualBroker } from '../../../src/kafka/broker/manual-broker.js';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic, deleteTopic, describeTopic } from '../../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../../src/model/kafka-endpoint.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { cachedToolchain } from '../../helpers/cached-toolchain.js';
import { expectError } from '../../helpers/expect-error.js';
import { listeningAddresses, loopback } from '../../helpers/listening-addresses.js';
import { realBroker, realToolchain } from '../../helpers/real-broker.js';
import { startStreamtune, streamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('the embedded broker', () => {
  let broker: Broker | undefined;
  const folder = temporaryFolder(() => (broker === undefined ? [] : [broker.pid]));
  const { signal } = testHost().host;
  const at = () => ['--bootstrap-servers', bootstrapServersOf(broker!.endpoint)];
  const recordsIn = async (topic: string) => {
    const { endpoint } = broker!;
    const { partitions } = await describeTopic({ endpoint, signal }, topic);
    return partitions.map(({ earliest, latest }) => latest - earliest);
  };
  before(async () => {
    broker = await realBroker(folder);
  });
  after(async () => {
    await broker?.[Symbol.asyncDispose]();
  });

  it('listens on the loopback interface only', () => {
    const addresses = listeningAddresses(broker!.pid);
    expect(addresses).to.have.length(2);
    expect(loopback).to.include.members(addresses);
  });

  it('gives Kafka’s own consumer the bytes that were sent, in order, with the time and nothing else', async () => {
    const calls = generateCalls({ sample: readSample(), records: 5_001, seed: 1 });
    const records = [...calls, Buffer.from(''), Buffer.from('grüße'), Buffer.alloc(300_000, 'x')];
    const connection = { endpoint: broker!.endpoint, signal };
    await createTopic(connection, { name: 'read-back', partitions: 2 });
    const before = Date.now();
    await produce({ ...connection, topic: 'read-back', partitions: 2, records });
    const { java, kafka } = await realToolchain();
    const reader = projectPath('test/fixtures/kafka/ReadBack.java');
    const { stdout, stderr } = spawnSync(
      java.executable,
      [
        ...['-cp', kafka.classPath.join(delimiter), reader],
        ...[bootstrapServersOf(broker!.endpoint), 'read-back'],
      ],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    const read = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(read, stderr).to.have.length(records.length);
    for (const partition of [0, 1]) {
      const own = read.filter(([in_]) => in_ === String(partition));
      const values = records.filter((_, index) => index % 2 === partition).map(String);
      expect(own.map((fields) => fields[6])).to.deep.equal(values);
      expect(own.map((fields) => fields[1])).to.deep.equal(
        values.map((_, offset) => String(offset)),
      );
    }
    const others = new Set(read.map((fields) => [fields[2], fields[4], fields[5]].join(' ')));
    expect([...others]).to.deep.equal(['CreateTime null 0']);
    for (const fields of read)
      expect(Number(fields[3])).to.be.within(before - 1e3, Date.now() + 1e3);
    await deleteTopic(connection, 'read-back');
  });

  it('carries calls with all their fields from produce to consume, in order in each partition', async () => {
    const sent = await streamtune([
      'produce',
      '--topic',
      'calls',
      '--partitions',
      '3',
      '--count',
      '20000',
      ...at(),
    ]);
    expect(sent.code, sent.stderr).to.equal(0);
    expect(sent.stderr).to.match(/^Sent 20,000 records, [\d,]+ records\/s\.$/m);
    expect(await recordsIn('calls')).to.deep.equal([6_667, 6_667, 6_666]);
    const received = await streamtune([
      'consume',
      '--topic',
      'calls',
      '--from-beginning',
      '--max-messages',
      '20000',
      ...at(),
    ]);
    expect(received.code, received.stderr).to.equal(0);
    expect(received.stderr).to.match(/Received 20,000 records, [\d,]+ records\/s/);
    const calls = received.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(Object.keys(calls[0]!)).to.deep.equal([...callFields]);
    const ids = calls.map((call) => Number(call['crime_id']));
    const first = Math.min(...ids);
    for (const partition of [0, 1, 2]) {
      const inPartition = ids.filter((id) => (id - first) % 3 === partition);
      expect(inPartition).to.deep.equal([...inPartition].sort((a, b) => a - b));
      expect(new Set(inPartition).size).to.equal(partition === 2 ? 6_666 : 6_667);
    }
  });

  it('lets a group go on where it stopped', async () => {
    const next = async () => {
      const args = ['consume', '--topic', 'calls', '--from-beginning', '--group', 'readers'];
      const { stdout } = await streamtune([...args, '--max-messages', '10', ...at()]);
      return stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { crime_id: string }).crime_id);
    };
    const first = await next();
    const second = await next();
    expect(new Set([...first, ...second]).size).to.equal(20);
  });

  it('creates, lists and describes topics, and refuses one that exists', async () => {
    const created = await streamtune(['topic', 'create', 'quiet', '--partitions', '2', ...at()]);
    expect(created.stderr).to.contain('Created quiet with 2 partitions');
    expect((await streamtune(['topic', 'list', ...at()])).stdout).to.equal('calls\nquiet\n');
    const described = await streamtune(['topic', 'describe', 'quiet', '--json', ...at()]);
    expect(JSON.parse(described.stdout)).to.have.property('partitions').with.length(2);
    const again = await streamtune(['topic', 'create', 'quiet', ...at()]);
    expect(again).to.include({ code: 3 });
    expect(again.stderr).to.match(/^TOPIC_CONFLICT: Topic quiet already exists/);
    const missing = await streamtune(['consume', '--topic', 'nothing', ...at()]);
    expect(missing).to.include({ code: 3 });
    expect(missing.stderr).to.match(/^TOPIC_MISSING: /);
  });

  it('produces at a rate until Ctrl-C, and says then what was sent', async () => {
    const { child, ended } = startStreamtune([
      'produce',
      '--topic',
      'slow',
      '--rate',
      '200',
      ...at(),
    ]);
    const consumer = startStreamtune(['consume', '--topic', 'calls', ...at()]);
    await untilRecords('slow', 100);
    child.kill('SIGINT');
    consumer.child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code, stderr).to.equal(130);
    const said = /Sent ([\d,]+) records, ([\d,]+) records\/s/.exec(stderr);
    expect(await recordsIn('slow')).to.deep.equal([Number(said?.[1]?.replace(',', ''))]);
    expect(Number(said?.[2])).to.be.within(50, 210);
    expect(await consumer.ended).to.include({ code: 130 });
  });

  it('takes other ports where the first ones were taken in the meantime', async () => {
    await using taken = await listener();
    await using other = await listener();
    const handedOut: number[][] = [];
    await using second = await realBroker(join(folder, 'second'), {
      choosePorts: async (count) => {
        const ports = handedOut.length === 0 ? [taken.port, other.port] : await freePorts(count);
        handedOut.push(ports);
        return ports;
      },
    });
    expect(handedOut).to.have.length(2);
    expect(second.endpoint.servers).to.deep.equal([`127.0.0.1:${String(handedOut[1]![0])}`]);
  });

  it('keeps its records over a restart', async () => {
    const before = await recordsIn('calls');
    await broker![Symbol.asyncDispose]();
    broker = await realBroker(folder);
    expect(await recordsIn('calls')).to.deep.equal(before);
  });

  it('is not started on a port in use', async () => {
    await using taken = await listener();
    const error = await expectError(realBroker(folder, { port: taken.port }), 'PORT_IN_USE');
    expect(error.message).to.contain(String(taken.port));
  });

  it('says where nobody answers, soon, and also where somebody only listens', async () => {
    await using silent = await listener();
    const [closed] = await freePorts(1);
    for (const port of [closed!, silent.port]) {
      const address = `127.0.0.1:${String(port)}`;
      const { code, stderr } = await streamtune(['topic', 'list', '--bootstrap-servers', address]);
      expect(code, stderr).to.equal(3);
      expect(stderr).to.match(/^BROKER_UNREACHABLE: .*\n {2}Start one with/);
      expect(stderr).to.contain(address).and.not.to.contain(' at Object.');
    }
  }).timeout(60_000);

  it('says what the broker said where it cannot start', async () => {
    const kafka = { version: 'none', classPath: [join(folder, 'nothing', '*')] };
    const start = async (name: string, more: object = {}) =>
      await realBroker(folder, { kafka, directory: join(folder, name), ...more });
    const bare = await expectError(start('bare', { archive: undefined }), 'BROKER_NOT_READY');
    expect(bare.message).to.contain('kafka.tools.StorageTool');
    const { message } = await expectError(start('broken'), 'BROKER_NOT_READY');
    expect(message).to.contain('did not become ready').and.to.contain('kafka.Kafka');
  });

  async function untilRecords(topic: string, atLeast: number): Promise<void> {
    for (;;) {
      const [records = 0] = await recordsIn(topic).catch(() => [0]);
      if (records >= atLeast) return;
    }
  }
});

describe('kafka up, status and down', () => {
  const pids: number[] = [];
  const folder = temporaryFolder(() => pids);

  it('start a broker that stays, say where it is, and stop it', async () => {
    const env = { ...process.env, STREAMTUNE_CACHE: cachedToolchain(join(folder, 'cache')) };
    const [port] = await freePorts(1);
    expect(await streamtune(['kafka', 'status'], env)).to.include({
      code: 3,
      stdout: 'not running\n',
    });
    const start = () => streamtune(['kafka', 'up', '--port', String(port)], env);
    const [up, twin] = (await Promise.all([start(), start()])).sort((a, b) => a.code - b.code);
    expect(twin.code, twin.stderr).to.equal(3);
    expect(twin.stderr).to.contain('PORT_IN_USE: A streamtune broker is already running');
    expect(up.stdout, up.stderr).to.equal(`127.0.0.1:${String(port)}\n`);
    const state = JSON.parse(
      readFileSync(join(folder, 'cache', 'broker', 'broker.json'), 'utf8'),
    ) as {
      process: { pid: number };
    };
    pids.push(state.process.pid);
    const again = await streamtune(['kafka', 'up', '--port', String(port)], env);
    expect(again).to.include({ code: 3 });
    expect(again.stderr).to.contain('PORT_IN_USE').and.to.contain('kafka down');
    const status = await streamtune(['kafka', 'status'], env);
    expect(status.stdout).to.contain(`running at 127.0.0.1:${String(port)}`);
    const other = await streamtune(['kafka', 'up', '--port', String(port! + 1)], env);
    expect(other.stderr)
      .to.contain('BROKER_RUNNING')
      .and.to.contain(`at 127.0.0.1:${String(port)}`);
    await isKnownWithoutItsProcess(join(folder, 'cache', 'broker'), join(folder, 'copy'));
    rmSync(join(folder, 'cache', 'broker', 'broker.json'));
    expect((await streamtune(['kafka', 'status'], env)).stdout).to.contain('running at 127.0.0.1');
    const down = await streamtune(['kafka', 'down'], env);
    expect(down.stderr).to.equal('Stopped.\n');
    expect(existsSync(join(folder, 'cache', 'broker'))).to.equal(false);
    expect(down, down.stderr).to.include({ code: 0 });
    pids.length = 0;
  });
});

/** A copy of its folder stands for one that another container uses: the process cannot be told by it. */
async function isKnownWithoutItsProcess(directory: string, copy: string): Promise<void> {
  mkdirSync(join(copy, 'data'), { recursive: true });
  for (const name of ['server.properties', join('data', 'meta.properties')]) {
    copyFileSync(join(directory, name), join(copy, name));
  }
  const { signal } = testHost().host;
  expect(await findBroker(copy, signal)).to.include({ kind: 'unseen' });
  const stop = stopManualBroker({ directory: copy, signal, onWait: () => undefined });
  const error = await expectError(stop, 'BROKER_RUNNING');
  expect(error.message).to.contain('its data is kept');
  expect(existsSync(join(copy, 'data'))).to.equal(true);
}

async function listener(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
