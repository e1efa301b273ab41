import { expect } from 'chai';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBroker } from '../../src/kafka/broker/find-broker.js';
import {
  brokerStatus,
  refuseSecondBroker,
  startManualBroker,
  stopManualBroker,
} from '../../src/kafka/broker/manual-broker.js';
import { acquireLock } from '../../src/process/lock-file.js';
import { outcomeOf, type Outcome } from '../helpers/outcome-of.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

interface Row {
  readonly name: string;
  readonly door: 'broker';
  /** Makes what lies in the place of the state file. */
  readonly state: (file: string) => void;
  /** How `kafka status` ends where no broker runs. */
  readonly expect: Outcome;
}

const damaged = { code: 'BROKER_STATE_INVALID', exitCode: 3 } as const;
const right = {
  bootstrapServers: '127.0.0.1:9092',
  logFile: '/x/broker.log',
  process: { pid: 4_194_305, startedAt: '1@x' },
};

const texts: readonly (readonly [text: string, outcome?: Outcome])[] = [
  [JSON.stringify(right), { code: null, exitCode: 0 }],
  ...['', ' ', '{', '[', '[]', '{}', 'null', 'true', '7', '"x"', '\0', '{"process":null}'].map(
    (text) => [text] as const,
  ),
  ...[
    { ...right, process: {} },
    { ...right, process: [] },
    { ...right, process: null },
    ...[0, 1, -1, 1.5, 1e300, '7', null, {}].map((pid) => ({
      ...right,
      process: { pid, startedAt: '1@x' },
    })),
    { ...right, process: { pid: 7, startedAt: 7 } },
    { ...right, logFile: 7 },
    ...[
      '',
      '127.0.0.1',
      '127.0.0.1:999999',
      'evil.example:9092',
      '127.0.0.1:9092\u001b[2J',
      7,
      null,
    ].map((bootstrapServers) => ({ ...right, bootstrapServers })),
  ].map((state) => [JSON.stringify(state)] as const),
  ['x'.repeat(100_000)],
];

const rows: readonly Row[] = [
  ...texts.map(([text, outcome = damaged]): Row => ({
    name: `the state file holds ${JSON.stringify(text.slice(0, 100))}`,
    door: 'broker',
    state: (file) => {
      writeFileSync(file, text);
    },
    expect: outcome,
  })),
  {
    name: 'the state file is a folder',
    door: 'broker',
    state: (file) => {
      mkdirSync(file);
    },
    expect: damaged,
  },
  {
    name: 'the state file is a pipe',
    door: 'broker',
    state: (file) => execFileSync('mkfifo', [file]),
    expect: damaged,
  },
  {
    name: 'the state file is a device',
    door: 'broker',
    state: (file) => {
      symlinkSync('/dev/zero', file);
    },
    expect: damaged,
  },
];

/** Stopping what is not there is tried for these only: it looks through all processes twice. */
const sample = new Set(
  rows.filter((_row, at) => at < 3 || at > texts.length).map(({ name }) => name),
);

describe('the broker of kafka up', () => {
  const live: ChildProcess[] = [];
  const folder = temporaryFolder(() => live.map(({ pid }) => pid ?? 0));
  const { signal } = testHost().host;
  const directory = join(folder, 'cache', 'broker');
  const properties = join(directory, 'server.properties');
  const onWait = () => undefined;
  const stop = () => stopManualBroker({ directory, signal, onWait });
  const status = () => brokerStatus(directory, signal);
  beforeEach(() => {
    mkdirSync(join(directory, 'data'), { recursive: true });
    writeFileSync(properties, 'advertised.listeners=PLAINTEXT://127.0.0.1:19092\n');
  });
  afterEach(async () => {
    for (const child of live.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      process.kill(-child.pid!, 'SIGKILL');
      await once(child, 'close');
    }
    rmSync(join(folder, 'cache'), { recursive: true, force: true });
  });

  /** A process that looks like Kafka in this directory, by its arguments. */
  async function living(file = properties): Promise<ChildProcess> {
    // One process only: the fork of a shell looks like the shell itself until it has become something else.
    const script =
      'process.on("SIGTERM", () => process.exit(0)); setInterval(() => 0, 1000); console.log("up")';
    const child = spawn(process.execPath, ['-e', script, 'kafka.Kafka', file], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    live.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  for (const { name, state, expect: expected } of rows) {
    it(`has no INTERNAL error where ${name}`, async () => {
      state(join(directory, 'broker.json'));
      const met = await outcomeOf(status);
      expect(met.outcome, met.text).to.deep.equal(expected);
      if (expected === damaged)
        expect(met.text).to.contain('broker.json').and.to.contain('kafka down');
      expect(met.text).not.to.contain('\u001b');
      if (!sample.has(name)) return;
      const up = await outcomeOf(() => refuseSecondBroker({ directory, port: 19_092, signal }));
      expect(up.outcome).to.deep.equal({ code: null, exitCode: 0 });
      expect(await stop()).to.equal(false);
      expect(existsSync(directory)).to.equal(false);
    });
  }

  for (const [name, harm] of [
    ['its state file is lost', () => undefined],
    [
      'its state file is damaged',
      () => {
        writeFileSync(join(directory, 'broker.json'), '{');
      },
    ],
    [
      'its whole folder is lost',
      () => {
        rmSync(directory, { recursive: true });
      },
    ],
  ] as const) {
    it(`is found and stopped although ${name}`, async () => {
      const child = await living();
      const ended = once(child, 'close');
      harm();
      expect(await findBroker(directory, signal)).to.include({ kind: 'running' });
      expect(await stop()).to.equal(true);
      await ended;
      expect(existsSync(directory)).to.equal(false);
    });
  }

  it('is found through a link to its folder, and not taken for that of another folder', async () => {
    const link = join(folder, 'link');
    symlinkSync(directory, link);
    await living();
    expect(await findBroker(link, signal)).to.include({ kind: 'running' });
    expect(await findBroker(join(folder, 'other'), signal)).to.deep.equal({ kind: 'none' });
  });

  it('is not started a second time, and told by its own port', async () => {
    await living();
    const at = (port: number) => outcomeOf(() => refuseSecondBroker({ directory, port, signal }));
    const same = await at(19_092);
    expect(same.outcome).to.deep.equal({ code: 'PORT_IN_USE', exitCode: 3 });
    const other = await at(19_093);
    expect(other.outcome).to.deep.equal({ code: 'BROKER_RUNNING', exitCode: 3 });
    expect(other.text).to.contain('at 127.0.0.1:19092, so none is started on port 19093');
    rmSync(properties);
    expect((await at(19_092)).outcome).to.deep.equal({ code: 'BROKER_RUNNING', exitCode: 3 });
    const lost = await outcomeOf(status);
    expect(lost.outcome).to.deep.equal(damaged);
    expect(lost.text).to.match(/runs as process \d+, but the files that say where/);
  });

  it('waits for another start, and sees what came of it', async () => {
    const lock = await acquireLock({ file: `${directory}.lock`, timeoutMs: 1, signal });
    let told: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (told = resolve));
    const none = {
      home: '/none',
      executable: '/none',
      version: '17',
      major: 17,
      source: 'PATH',
    } as const;
    const kafka = { version: 'none', classPath: [] };
    const options = { directory, signal, port: 19_092, java: none, kafka, env: {} };
    const second = outcomeOf(() =>
      startManualBroker({
        ...options,
        onWait: () => {
          told();
        },
      }),
    );
    await waits;
    await living();
    await lock[Symbol.asyncDispose]();
    expect((await second).outcome).to.deep.equal({ code: 'PORT_IN_USE', exitCode: 3 });
  });

  it('does not wait for a pipe in the place of its own files', async () => {
    const none = {
      home: '/none',
      executable: '/none',
      version: '17',
      major: 17,
      source: 'PATH',
    } as const;
    const options = { directory, signal, port: 0, java: none, env: {}, onWait };
    for (const name of ['broker.log', 'log4j2.properties', 'server.properties']) {
      rmSync(join(directory, name), { force: true });
      execFileSync('mkfifo', [join(directory, name)]);
      const start = () => startManualBroker({ ...options, kafka: { version: '', classPath: [] } });
      const met = await outcomeOf(start);
      expect(met.outcome, met.text).to.deep.equal({ code: 'BROKER_NOT_READY', exitCode: 3 });
      expect(met.text).to.contain(`${name}, which is no file`);
      rmSync(join(directory, name));
    }
  });
});
