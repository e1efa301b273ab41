import { expect } from 'chai';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { bootstrapServersOf } from '../../../src/model/kafka-endpoint.js';
import { cachedToolchain } from '../../helpers/cached-toolchain.js';
import { listeningAddresses, loopback } from '../../helpers/listening-addresses.js';
import { processesWith } from '../../helpers/process-state.js';
import { quickJvmLine } from '../../helpers/quick-jvm.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { streamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** Two workers of a core each, of which a job takes one. */
const experiment = (master: string, servers: string, shared: string) => `version: 1
name: on-a-cluster
data: { kind: generated, records: 2000, seed: 1 }
kafka: { bootstrapServers: "${servers}" }
spark: { sharedFolder: "${shared}" }
knobs:
  spark.master: ${master}
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 1000
  spark.sql.shuffle.partitions: 2
  spark.executor.memory: 512m
  spark.cores.max: 1
  job.sink: noop
${quickJvmLine}
`;

describe('a standalone cluster', () => {
  const own: number[] = [];
  const folder = temporaryFolder(() => own);
  let broker: Broker;
  before(async () => {
    broker = await sharedBroker();
  });

  it('starts, runs a job as its knobs say, tells what has no room, and leaves nothing', async () => {
    const cache = cachedToolchain(join(folder, 'cache'));
    const env = { ...process.env, STREAMTUNE_CACHE: cache };
    const run = async (...args: readonly string[]) => {
      const ended = await streamtune(args, env);
      expect(ended.code, `${args.join(' ')}: ${ended.stderr}`).to.equal(0);
      return ended;
    };
    const up = await run('cluster', 'up', '--port', '0', '--cores', '1', '--memory', '1g');
    const daemons = processesWith(join(cache, 'cluster'));
    own.push(...daemons);
    expect(daemons).to.have.length(3);
    for (const pid of daemons) expect(loopback).to.include.members(listeningAddresses(pid));

    const file = join(folder, 'experiment.yaml');
    const shared = join(folder, 'shared');
    const text = experiment(up.stdout.trim(), bootstrapServersOf(broker.endpoint), shared);
    writeFileSync(file, text.replace('512m', '2g'));
    const tooLarge = await streamtune(['submit', file], env);
    expect(tooLarge.code).to.equal(3);
    expect(tooLarge.stderr).to.contain('no worker has more than 1 core or 1024 MiB');

    writeFileSync(file, text);
    const { stdout, stderr } = await run('submit', file, '--json');
    const batches = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly numInputRows?: number });
    expect(batches.length, stdout).to.be.greaterThan(1);
    expect(stderr.match(/Registered executor /g), stderr).to.have.length(1);
    expect(readdirSync(shared)).to.deep.equal([]);

    const status = JSON.parse((await run('cluster', 'status', '--json')).stdout) as unknown;
    expect(status).to.deep.include({ running: true, applications: [] });
    await run('cluster', 'down');
    own.length = 0;
    expect(processesWith(join(cache, 'cluster'))).to.deep.equal([]);
    expect(readdirSync(cache)).not.to.include('cluster');
  });
});
