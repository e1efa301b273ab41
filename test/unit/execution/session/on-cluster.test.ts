import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedFolder } from '../../../../src/execution/cluster/shared-folder.js';
import { installFakeDriver, runFakeSession, wishKey } from '../../../helpers/fake-session.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('trials that share a driver on a cluster', () => {
  const folder = temporaryFolder();
  before(() => {
    installFakeDriver(folder);
  });

  const wishes = ['UTC', 'loses one', 'CET'].map((wish) => ({
    'spark.master': 'spark://127.0.0.1:7077',
    [wishKey]: wish,
  }));

  it('know their executors, also those that were there before; one that loses some does not count', async () => {
    const root = join(folder, 'seen');
    const { evidence } = await runFakeSession({ folder, root }, wishes, {});
    const gained = ['0', '1'].map((id) => ({ id, host: '127.0.0.1' }));
    const lost = { id: '0', host: '127.0.0.1', why: 'worker lost: gone' };
    expect(evidence.map(({ executors }) => executors)).to.deep.equal([
      { gained, lost: [] },
      { gained, lost: [lost] },
      { gained: gained.slice(1), lost: [] },
    ]);
    expect(evidence.map(({ problems }) => problems.map(({ kind }) => kind))).to.deep.equal([
      ...[[], ['executors-lost'], []],
    ]);
  });

  it('keep their checkpoints in the shared folder, as long as they run', async () => {
    const root = join(folder, 'shared');
    const under = new Set<string>();
    const shared: Pick<SharedFolder, 'placeOf' | 'jarsOf'> = {
      jarsOf: () => Promise.resolve(undefined),
      placeOf: ({ id }) => {
        under.add(id);
        const clear = () => {
          under.delete(id);
          return Promise.resolve();
        };
        return { path: `/mnt/shared/${id}`, clear };
      },
    };
    const { trials } = await runFakeSession({ folder, root }, wishes, {
      shared: shared as SharedFolder,
    });
    for (const { id } of trials) {
      const job = readFileSync(join(root, id, 'data_stream.py'), 'utf8');
      expect(job).to.contain(`/mnt/shared/${id}/checkpoint`);
    }
    expect([...under]).to.deep.equal([]);
  });
});
