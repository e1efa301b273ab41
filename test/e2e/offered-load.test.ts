import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listTopics } from '../../src/kafka/topics.js';
import { realBroker } from '../helpers/real-broker.js';
import { streamtune } from '../helpers/streamtune.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

interface Summary {
  readonly configurations: readonly {
    readonly offered: {
      readonly endToEndMs: { readonly p50: number; readonly p95: number };
    } | null;
    readonly trials: readonly {
      readonly outcome: string;
      readonly reason: string | null;
      readonly offered: { readonly keptShare: number; readonly sustainable: boolean } | null;
    }[];
  }[];
}

describe('an offered load', () => {
  const folder = temporaryFolder();

  it('is sent at its rate, measured from the sending on, and leaves no topic behind', async () => {
    const broker = await realBroker(folder);
    try {
      const { bootstrapServers } = broker;
      const file = join(folder, 'offered.yaml');
      writeFileSync(
        file,
        `version: 1
name: offered
kafka: { bootstrapServers: "${bootstrapServers}" }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  spark.sql.shuffle.partitions: 2
design: { blocks: 1 }
measurement: { mode: offered, rate: 400, warmup: 5s, window: 20s, timeLimit: 2m }
`,
      );
      const results = join(folder, 'results');
      const { code, stdout, stderr } = await streamtune(['run', file, '--results', results]);
      expect(code, `${stdout}${stderr}`).to.equal(0);
      const [run] = readdirSync(results);
      const summary = JSON.parse(
        readFileSync(join(results, run!, 'summary.json'), 'utf8'),
      ) as Summary;
      for (const { offered, trials } of summary.configurations) {
        expect(offered?.endToEndMs.p50).to.be.within(50, 10_000);
        expect(offered?.endToEndMs.p95).to.be.at.least(offered!.endToEndMs.p50);
        for (const trial of trials) expect(trial.offered?.keptShare).to.be.at.least(0.99);
      }
      expect(stdout).to.contain('end-to-end ms').and.to.contain('sustainable');
      const { signal } = testHost().host;
      expect(await listTopics({ bootstrapServers, signal })).to.deep.equal([]);
    } finally {
      await broker[Symbol.asyncDispose]();
    }
  });
});
