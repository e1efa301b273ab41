import { expect } from 'chai';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatedBackend } from '../../../src/run/backends/simulated-backend.js';
import { prepareRun } from '../../../src/run/prepare-run.js';
import { startRun } from '../../../src/run/start-run.js';
import { expectError } from '../../helpers/expect-error.js';
import { observerOf } from '../../helpers/observer-of.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: gone
data: { records: 90000 }
design: { blocks: 2 }
measurement: { warmup: 1s }
`;

describe('a run whose folder is removed', () => {
  const root = temporaryFolder();

  /** Runs four trials and removes the folder at a step of one of them. */
  async function runUntil(kind: 'trial-started' | 'trial-ended', number: number): Promise<string> {
    const [file, world] = [join(root, 'gone.yaml'), join(root, 'world.yaml')];
    writeFileSync(file, experiment);
    writeFileSync(world, 'version: 1\n');
    const results = join(root, `${kind}-${String(number)}`);
    const { host } = testHost();
    const prepared = await prepareRun(file, { host });
    let seen = 0;
    const observer = observerOf((event) => {
      seen += event.kind === kind ? 1 : 0;
      if (event.kind !== kind || seen !== number) return;
      for (const name of readdirSync(results)) rmSync(join(results, name), { recursive: true });
    });
    const backend = await simulatedBackend(prepared, world, host);
    const running = startRun(prepared, backend, { host, observer, resultsRoot: results });
    const { message, exitCode } = await expectError(running, 'RUN_FOLDER_GONE');
    expect(exitCode).to.equal(3);
    expect(message).to.contain(results);
    expect(readdirSync(results), 'and does not come back').to.deep.equal([]);
    expect(existsSync(results)).to.equal(true);
    return message;
  }

  it('ends in order with one message, whenever that happens', async () => {
    const messages = [
      await runUntil('trial-started', 1),
      await runUntil('trial-started', 3),
      await runUntil('trial-ended', 1),
      await runUntil('trial-ended', 4),
    ];
    for (const message of messages) expect(message).to.contain('was removed during the run');
  });
});
