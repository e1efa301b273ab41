import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePorts } from '../../../src/kafka/broker/free-port.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { streamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** Each ends with one message, the right exit code, no stack trace, and nothing left behind. */
describe('bad input', () => {
  const folder = temporaryFolder();
  const results = join(folder, 'results');
  afterEach(() => {
    if (existsSync(results)) expect(readdirSync(results)).to.deep.equal([]);
  });

  async function refused(
    args: readonly string[],
    expected: { readonly code: number; readonly says: RegExp },
    env?: NodeJS.ProcessEnv,
  ): Promise<string> {
    const { code, stdout, stderr } = await streamtune(args, env);
    expect(code, stderr).to.equal(expected.code);
    expect(stderr).to.match(expected.says);
    expect(stderr.match(/^[A-Z_]{5,}: /gm), 'one message').to.have.length(1);
    expect(stdout + stderr).not.to.match(/^\s+at .*[(:]\d+/m);
    return stderr;
  }

  function runWith(text: string) {
    const file = join(folder, 'experiment.yaml');
    const enough = text.includes('knobs:') ? '' : 'knobs: { source.maxOffsetsPerTrigger: 500 }\n';
    writeFileSync(file, `version: 1\nname: bad\n${text}${enough}`);
    return ['run', file, '--results', results];
  }

  it('a file that is not there', async () => {
    const says = /^EXPERIMENT_UNREADABLE: .*nothing\.yaml cannot be read/m;
    await refused(['run', join(folder, 'nothing.yaml')], { code: 2, says });
  });

  it('an unknown key', async () => {
    const says = /experiment\.yaml:3:1: unknown key "factor"\. Did you mean factors\?/;
    await refused(runWith('factor: {}\n'), { code: 2, says });
  });

  it('an unknown scope', async () => {
    const says = /experiment\.yaml:3:10: "sparkk\.x" has no known scope\. Did you mean spark\.x\?/;
    await refused(runWith('knobs: { sparkk.x: 1 }\n'), { code: 2, says });
  });

  it('a knob that the job does not know', async () => {
    const says = /EXPERIMENT_INVALID: .*job\.sink is "delta", not one of console, noop/;
    await refused(runWith('knobs: { job.sink: delta }\n'), { code: 2, says });
  });

  it('a command and an option that do not exist', async () => {
    await refused(['rnu', 'x.yaml'], { code: 2, says: /^USAGE: / });
    await refused(['run', 'x.yaml', '--block', '3'], { code: 2, says: /^USAGE: .*block/ });
    await refused(['produce', '--topic', 't', '--rate', '-5'], { code: 2, says: /^USAGE: --rate/ });
  });

  it('a folder that is no run', async () => {
    await refused(['report', folder], { code: 2, says: /^RUN_FOLDER_INVALID: / });
  });

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const says = new RegExp(`^PORT_IN_USE: Port ${String(port)} of 127\\.0\\.0\\.1 is in use`, 'm');
    await refused(['kafka', 'up', '--port', String(port)], { code: 3, says });
    server.close();
  });

  it('a broker that does not answer', async () => {
    const [port] = await freePorts(1);
    const address = `127.0.0.1:${String(port)}`;
    const says = new RegExp(`^BROKER_UNREACHABLE: No Kafka broker responds at ${address}`, 'm');
    await refused(runWith(`kafka: { bootstrapServers: "${address}" }\n`), { code: 3, says });
  });

  it('a data file that is not there', async () => {
    const says = /^DATA_UNREADABLE: .*calls\.json cannot be read/m;
    await refused(runWith('data: { kind: file, path: calls.json }\n'), { code: 2, says });
  });

  it('a record that is no JSON', async () => {
    writeFileSync(join(folder, 'calls.ndjson'), '{"crime_id":"1"}\n{"crime_id":\n');
    const says = /^DATA_INVALID: .*calls\.ndjson:2: this is no JSON object/m;
    await refused(runWith('data: { kind: file, path: calls.ndjson }\n'), { code: 2, says });
  });

  it('a record that is larger than a broker takes', async () => {
    writeFileSync(join(folder, 'huge.ndjson'), JSON.stringify({ crime_id: 'x'.repeat(2_000_000) }));
    const says = /^BROKER_REFUSED: .*larger than the max message size/m;
    const args = [...runWith('data: { kind: file, path: huge.ndjson }\n'), '--force'];
    await refused(args, { code: 3, says });
  });

  it('a Java that is too old', async () => {
    const bin = join(folder, 'old', 'bin');
    mkdirSync(bin, { recursive: true });
    const script =
      '#!/bin/sh\necho "    java.home = /old" >&2\necho "    java.version = 1.8.0_392" >&2\n';
    writeFileSync(join(bin, 'java'), script, { mode: 0o755 });
    const env = { ...process.env, PATH: bin, JAVA_HOME: '' };
    const says = /^JAVA_TOO_OLD: .*old\/bin\/java is Java 1\.8\.0_392/m;
    await refused(['setup'], { code: 3, says }, env);
  });

  it('a results folder that cannot be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const [run, experiment] = runWith('');
    const says = /^RESULTS_UNWRITABLE: .*a-file\/results cannot be created/m;
    await refused([run!, experiment!, '--results', join(file, 'results')], { code: 3, says });
  });

  it('a full disk', function () {
    const small = join(folder, 'small-disk');
    mkdirSync(small);
    const [, experiment] = runWith('data: { records: 200000 }\n');
    // A mount namespace of its own: the small disk is gone with the process.
    const script = 'mount -t tmpfs -o size=24m tmpfs "$1" && shift 1 && exec "$@"';
    const program = [process.execPath, projectPath('bin/streamtune.js')];
    const args = ['run', experiment!, '--results', join(small, 'results')];
    const probe = spawnSync('unshare', ['-m', 'true']);
    if (probe.status !== 0) {
      console.error('NOT CHECKED: a full disk, as this user may not mount one (unshare -m)');
      this.skip();
    }
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', small, ...program, ...args],
      { encoding: 'utf8' },
    );
    expect(status, stderr).to.equal(3);
    expect(stderr).to.match(/^DISK_FULL: /m);
    expect(stdout + stderr).not.to.match(/^\s+at .*[(:]\d+/m);
  });
});
