import { expect } from 'chai';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { clusterChecks } from '../../../src/cli/experiment/cluster-checks.js';
import { expectError } from '../../helpers/expect-error.js';
import { fakeMaster, listener } from '../../helpers/fake-master.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** Two configurations, of which the second asks for executors of another size. */
const experiment = (master: string, page: string, memory: string) => `version: 1
name: planned
data: { kind: generated, records: 20000 }
spark: { masterUi: "${page}", sharedFolder: /none/shared }
knobs:
  spark.master: ${master}
  source.maxOffsetsPerTrigger: 500
factors:
  spark.executor.memory: [512m, ${memory}]
design: { blocks: 2 }
`;

describe('plan, where the master of a cluster can be asked', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'planned.yaml');
  async function plan(text: string, ...args: readonly string[]) {
    writeFileSync(file, text);
    const { host, written } = testHost({ STREAMTUNE_CACHE: join(folder, 'cache') });
    const code = await runCommandLine(['plan', file, ...args], host);
    return { code, out: written.out };
  }

  it('says what is alive there, and finds nothing where everything fits', async () => {
    await using fake = await fakeMaster();
    const { code, out } = await plan(experiment(fake.master, fake.page, '1g'));
    expect(code, out).to.equal(0);
    expect(out.replaceAll(/\n +/g, ' ')).to.contain(
      `${fake.master} has 1 worker alive: 2 of 2 cores and 1536 of 1536 MiB free.`,
    );
  });

  it('finds what has no room, in the words in which run refuses it', async () => {
    await using fake = await fakeMaster();
    const text = experiment(fake.master, fake.page, '2g');
    const { code, out } = await plan(text);
    expect(code).to.equal(2);
    const words =
      'c1: one executor takes 1 core and 2048 MiB; no worker has more than 2 cores or 1536 MiB.';
    expect(out)
      .to.contain('error: spark.master (line 6) [cluster-too-small]')
      .and.to.contain(words);
    const { findings, clusters } = JSON.parse((await plan(text, '--json')).out) as {
      readonly findings: readonly { readonly rule: string; readonly what: string }[];
      readonly clusters: readonly { readonly problems: readonly { readonly id: string }[] }[];
    };
    const found = findings.find(({ rule }) => rule === 'cluster-too-small');
    expect(clusters[0]?.problems.map(({ id }) => id)).to.deep.equal(['c1']);
    const { host } = testHost({ STREAMTUNE_CACHE: join(folder, 'cache') });
    const args = ['run', file, '--results', join(folder, 'results')];
    const shared = text.replace('/none/shared', join(folder, 'shared'));
    writeFileSync(file, shared);
    const refused = await expectError(runCommandLine(args, host), 'CLUSTER_TOO_SMALL');
    expect(found?.what).to.equal(refused.message);
  });

  it('finds that the cluster runs another Spark, in the words in which run refuses it', async () => {
    await using fake = await fakeMaster({}, '4.2.0');
    const text = experiment(fake.master, fake.page, '1g').replace(
      '/none/shared',
      join(folder, 'shared'),
    );
    const same = await plan(text, '--spark-version', '4.2.0');
    expect(same.code, same.out).to.equal(0);
    const { code, out } = await plan(text, '--spark-version', '3.5.7', '--json');
    expect(code).to.equal(2);
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly { readonly rule: string; readonly what: string }[];
    };
    const found = findings.find(({ rule }) => rule === 'cluster-other-spark');
    const { host } = testHost({ STREAMTUNE_CACHE: join(folder, 'cache') });
    const args = ['run', file, '--spark-version', '3.5.7', '--results', join(folder, 'results')];
    const refused = await expectError(runCommandLine(args, host), 'CLUSTER_OTHER_SPARK');
    expect(found?.what).to.equal(refused.message);
  });

  it('refuses several versions of Spark on one cluster, whoever answers there', async () => {
    const text = experiment('local[2]', 'http://127.0.0.1:1', '1g')
      .replace(/^spark:.*\n/m, '')
      .replace(/spark\.executor\.memory: .*/, 'spark.version: [4.0.0, 4.2.0]');
    expect((await plan(text)).code).to.equal(0);
    const error = await expectError(
      plan(text, '--master', 'spark://127.0.0.1:1'),
      'EXPERIMENT_INVALID',
    );
    expect(error.message)
      .to.contain('planned.yaml:8:26:')
      .and.to.contain('configuration c1 cannot run: spark.version is 4.2.0, and that of baseline')
      .and.to.contain('`streamtune compare` the runs');
  });

  it('is made all the same where no master answers', async () => {
    const { code, out } = await plan(experiment('spark://127.0.0.1:1', 'http://127.0.0.1:1', '1g'));
    expect(code, out).to.equal(0);
    expect(out.replaceAll(/\n +/g, ' ')).to.contain(
      'No Spark master answers at spark://127.0.0.1:1, so whether its workers have room is not checked yet.',
    );
  });

  it('says what listens in place of a master, which run refuses before it makes a folder', async () => {
    await using port = await listener(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    const nobody = `No Spark master answers at ${port.master} (what listens there speaks HTTP)`;
    const { code, out } = await plan(experiment(port.master, 'http://127.0.0.1:1', '1g'));
    expect(code, out).to.equal(0);
    expect(out.replaceAll(/\n +/g, ' ')).to.contain(`${nobody}, so whether its workers have room`);
    const { host } = testHost({ STREAMTUNE_CACHE: join(folder, 'cache') });
    const results = join(folder, 'refused');
    const args = ['run', file, '--results', results];
    const refused = await expectError(runCommandLine(args, host), 'CLUSTER_UNREACHABLE');
    expect(refused.message).to.equal(`${nobody}.`);
    expect(existsSync(results)).to.equal(false);
  });

  it('asks nobody where there is no cluster', async () => {
    const text = experiment('local[2]', 'http://127.0.0.1:1', '1g').replace(/^spark:.*\n/m, '');
    const { clusters } = JSON.parse((await plan(text, '--json')).out) as { clusters?: unknown };
    expect(clusters).to.equal(undefined);
  });
});

describe('doctor, where the master of a cluster can be asked', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'planned.yaml');

  it('checks whether it is there, has room, and runs the same Spark', async () => {
    const { host } = testHost({ STREAMTUNE_CACHE: join(folder, 'cache') });
    const check = async (text: string, sparkVersion?: string) => {
      writeFileSync(file, text);
      return await clusterChecks(file, { host, sparkVersion });
    };
    await using fake = await fakeMaster();
    await using told = await fakeMaster({}, '4.2.0');
    const found = [
      ...(await check(experiment(fake.master, fake.page, '1g'))),
      ...(await check(experiment(fake.master, fake.page, '2g'))),
      ...(await check(experiment('spark://127.0.0.1:1', fake.page, '1g'))),
      ...(await check(experiment(told.master, told.page, '1g'), '3.5.7')),
    ];
    const problem = 'problem';
    expect(found.map(({ status }) => status)).to.deep.equal(['ok', problem, problem, problem]);
    expect(found[0]?.finding).to.contain('1 worker alive');
    expect(found[1]?.finding).to.contain('no worker has more than');
    expect(found[2]?.fix).to.contain('cluster up');
    expect(found[3]?.fix).to.contain('--spark-version 4.2.0');
    expect(await clusterChecks(undefined, { host })).to.deep.equal([]);
  });
});
