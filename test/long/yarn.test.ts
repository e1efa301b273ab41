import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../src/model/harness-error.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { waitUntil } from '../../src/process/wait-until.js';
import { hadoopJars } from '../helpers/hadoop-jars.js';
import { startMiniHadoop, type MiniHadoop } from '../helpers/mini-hadoop.js';
import { realToolchain } from '../helpers/real-broker.js';
import { readSummary, smallNight } from '../helpers/small-night.js';
import { startStreamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** Hadoop's own YARN, of two nodes with 4 GiB each, of which a container gets 2 GiB at most; and its HDFS. */
describe('trials on YARN, with their checkpoints in HDFS', function () {
  this.timeout(900_000);
  const pids: number[] = [];
  const folder = temporaryFolder(() => pids);
  let hadoop: MiniHadoop | undefined;

  before(async function () {
    const toolchain = await realToolchain();
    const why = await missing(toolchain);
    if (why !== undefined) {
      process.stderr.write(
        `\n    NOTHING IS TRIED ON YARN: its mini cluster is missing. ${why}\n\n`,
      );
      this.skip();
    }
    hadoop = await startMiniHadoop(toolchain, join(folder, 'hadoop'));
    pids.push(hadoop.pid);
  });
  after(async () => {
    await hadoop?.[Symbol.asyncDispose]();
  });

  /** Runs an experiment to its end; `seen`: files that HDFS had meanwhile. */
  const run = async (name: string, sections: string, sharedFolder?: string) => {
    if (hadoop === undefined) throw new Error('there is no cluster');
    const { look, hdfs, confFolder } = hadoop;
    const night = smallNight(
      folder,
      `  spark.driver.host: 127.0.0.1
spark: { sharedFolder: '${sharedFolder ?? `${hdfs}/streamtune`}' }
design: { kind: one-at-a-time, blocks: 1 }
measurement: { warmup: 1s, timeLimit: 4m }
factors:
${sections}`,
    );
    const results = join(folder, name);
    // Forced: this YARN is on this machine, and reaches the broker of the run.
    const args = ['run', night, '--results', results, '--master', 'yarn', '--force'];
    const running = startStreamtune(args, { ...process.env, HADOOP_CONF_DIR: confFolder });
    const { signal } = new AbortController();
    const seen = new Set<string>();
    let over = false;
    void running.ended.finally(() => (over = true));
    const check = async () => {
      for (const file of (await look()).files) seen.add(file);
      return over ? true : undefined;
    };
    await waitUntil({ what: 'the run ends', timeoutMs: 800_000, signal, check });
    const view = await waitUntil({
      what: 'the containers end',
      timeoutMs: 30_000,
      signal,
      check: async () => {
        const found = await look();
        return found.containers === 0 ? found : undefined;
      },
    });
    const { code, stderr } = await running.ended;
    const [own = ''] = readdirSync(results);
    const summary = readSummary(join(results, own));
    const report = readFileSync(join(results, own, 'report.md'), 'utf8');
    return { code, stderr, seen: [...seen], view, report, ...summary };
  };
  const active = ({ view }: Awaited<ReturnType<typeof run>>) =>
    view.applications.filter(({ state }) => !['FINISHED', 'FAILED', 'KILLED'].includes(state));

  it('get the executors that they ask for, and leave nothing behind', async () => {
    const ended = await run('good', '  spark.executor.instances: [1, 2]\n');
    expect(ended.code, ended.stderr).to.equal(0);
    expect(ended.trials.map(({ outcome }) => outcome)).to.deep.equal(Array(3).fill('succeeded'));
    expect(ended.report)
      .to.match(/\| 1 on /)
      .and.to.match(/\| 2 on /);
    expect(ended.seen.some((file) => /^\/streamtune\/.*\/checkpoint\//.test(file))).to.equal(true);
    expect(ended.view.files).to.deep.equal([]);
    expect(ended.view.applications).to.have.length(3);
    expect(active(ended)).to.deep.equal([]);
  });

  it('run with their drivers there, too, by a folder that all machines mount', async () => {
    const shared = join(folder, 'mounted');
    const { spark } = await realToolchain();
    const knob = `  spark.yarn.jars: ['file://${spark.home}/jars/*.jar']\n`; // else each trial sends them
    const factors = `  spark.submit.deployMode: [client, cluster]\n${knob}`;
    const ended = await run('cluster-mode', factors, shared);
    expect(ended.code, ended.stderr).to.equal(0);
    expect(ended.trials.map(({ outcome }) => outcome)).to.deep.equal(Array(3).fill('succeeded'));
    expect(readdirSync(shared)).to.deep.equal([]);
    expect(active(ended)).to.deep.equal([]);
  });

  it('share a live driver with its executors, and leave nothing behind', async () => {
    const session = '  source.minPartitions: [null, 4]\nexecutor: session\n';
    const ended = await run('session', session);
    expect(ended.code, ended.stderr).to.equal(0);
    expect(ended.trials.map(({ outcome }) => outcome)).to.deep.equal(Array(3).fill('succeeded'));
    expect(ended.report).to.contain('One live driver ran 3 trials');
    expect(ended.seen.some((file) => /^\/streamtune\/.*\/checkpoint\//.test(file))).to.equal(true);
    expect(ended.view.files).to.deep.equal([]);
    expect(active(ended)).to.deep.equal([]);
  });

  it('end with one reason where YARN cannot hold an executor, or keeps them in its queue', async () => {
    const factors = '  spark.executor.memory: [512m, 4g]\n  spark.yarn.queue: [default, full]\n';
    const ended = await run('bad', factors);
    expect(ended.code, ended.stderr).to.equal(1);
    const reasons = ended.trials.map(({ outcome, reason }) => `${outcome}: ${reason ?? ''}`);
    expect(reasons.filter((one) => one.startsWith('succeeded'))).to.have.length(2);
    const of = (text: string) => reasons.filter((one) => one.includes(text));
    expect(of('above the max threshold (2048 MB)'), reasons.join('\n')).to.have.length(1);
    expect(of('YARN kept it in the queue root.full'), reasons.join('\n')).not.to.deep.equal([]);
    expect(active(ended)).to.deep.equal([]);
    expect(ended.view.files).to.deep.equal([]);
  });
});

/** Why the mini cluster cannot be had; undefined if it is there. */
async function missing(toolchain: Toolchain): Promise<string | undefined> {
  try {
    await hadoopJars(toolchain);
    return undefined;
  } catch (error) {
    // Anything else, such as a jar that is another one, is no reason to leave it out.
    if (!(error instanceof HarnessError) || error.code !== 'INSTALL_FAILED') throw error;
    return messageOf(error);
  }
}
