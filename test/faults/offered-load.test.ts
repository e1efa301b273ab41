import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listTopics } from '../../src/kafka/topics.js';
import { bootstrapServersOf } from '../../src/model/kafka-endpoint.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { startStreamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';
import { underWay } from '../helpers/under-way.js';

interface Summary {
  readonly configurations: readonly {
    readonly offered: {
      readonly endToEndMs: {
        readonly p50: number;
        readonly p95: number | null;
        readonly max: number;
      };
    } | null;
    readonly trials: readonly {
      readonly id: string;
      readonly outcome: string;
      readonly reason: string | null;
      readonly offered: { readonly keptShare: number; readonly sustainable: boolean } | null;
    }[];
  }[];
}

describe('an offered load', () => {
  const folder = temporaryFolder();

  it('is sent at its rate and measured from the sending on; killed, it is resumed, and leaves no topic', async () => {
    const { endpoint } = await sharedBroker();
    const { signal } = testHost().host;
    const topics = async () =>
      (await listTopics({ endpoint, signal })).filter((name) => /^streamtune-\w{8}-/.test(name));
    const file = join(folder, 'offered.yaml');
    writeFileSync(
      file,
      `version: 1
name: offered
kafka: { bootstrapServers: "${bootstrapServersOf(endpoint)}" }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  spark.sql.shuffle.partitions: 2
design: { blocks: 1 }
measurement: { mode: offered, rate: 400, warmup: 5s, window: 30s, timeLimit: 2m }
`,
    );
    const results = join(folder, 'results');
    const killed = startStreamtune(['run', file, '--results', results]);
    const { run, trial } = await underWay(results, 1);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const [left] = await topics();
    expect(left, 'the topic of the trial in hand').to.match(
      new RegExp(`^streamtune-[0-9a-f]{8}-${trial}-offered$`),
    );

    const { code, stdout, stderr } = await startStreamtune(['resume', run]).ended;
    expect(code, `${stdout}${stderr}`).to.equal(0);
    const summary = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as Summary;
    const trials = summary.configurations.flatMap((one) => one.trials);
    expect(trials.map(({ id }) => id))
      .to.include(trial)
      .and.to.have.length(2);
    for (const { offered } of summary.configurations) {
      expect(offered?.endToEndMs.p50).to.be.within(50, 10_000);
      const { p50, p95, max } = offered!.endToEndMs;
      expect(p95 ?? max).to.be.at.least(p50);
    }
    for (const { offered } of trials) expect(offered?.keptShare).to.be.at.least(0.99);
    expect(stdout).to.contain('end-to-end ms').and.to.contain('sustainable');
    expect(await topics()).to.deep.equal([]);
    expect(readdirSync(results)).to.have.length(1);
  });
});
