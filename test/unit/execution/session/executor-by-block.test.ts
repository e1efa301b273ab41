import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { executorByBlock } from '../../../../src/execution/session/executor-by-block.js';
import { UnfitScript } from '../../../../src/execution/session/unfit-script.js';
import type { Executor, TrialEvidence } from '../../../../src/model/trial/executor.js';
import type { Trial } from '../../../../src/model/trial/plan.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const evidence: TrialEvidence = {
  ...{ end: { kind: 'ended' }, wallMs: 1, effectiveConf: null, events: [] },
  ...{ canary: [], offered: null, problems: [] },
};
const reasons = ['it has left a table', 'it has left a view'];

describe('a script whose trials stop sharing a driver', () => {
  const folder = temporaryFolder();
  const directoryOf = ({ id }: Trial) => join(folder, id);

  /** Notes which executor ran a trial; the shared one finds something wrong from the given trial on. */
  async function run(unfitFrom: number, { isAuto = true, blocks = [1, 1, 1, 2] } = {}) {
    const ran: string[] = [];
    const fake = (name: string, fails: (index: number) => boolean): Executor => ({
      open: () =>
        Promise.resolve({
          run: (trial: Trial) => {
            ran.push(`${name} ${trial.id}`);
            writeFileSync(join(directoryOf(trial), `${name}.ndjson`), 'x');
            writeFileSync(join(directoryOf(trial), 'driver-stderr.log'), 'x');
            return fails(Number(trial.id.slice(1)))
              ? Promise.reject(new UnfitScript('/my/job.py', reasons))
              : Promise.resolve(evidence);
          },
          [Symbol.asyncDispose]: () => Promise.resolve(void ran.push(`${name} closed`)),
        }),
    });
    let told = 0;
    const executor = executorByBlock({
      submit: fake('cold', () => false),
      session: fake('shared', (index) => index >= unfitFrom),
      ofBlock: (block) => (block < 9 ? 'session' : 'submit'),
      fallBack: isAuto ? { isUnfit: false, onUnfit: () => (told += 1) } : undefined,
    });
    const context = {
      ...{ directoryOf, onProcess: () => undefined },
      signal: new AbortController().signal,
    };
    const results: TrialEvidence[] = [];
    const trials = blocks.map(trialOf);
    for (const number of new Set(blocks)) {
      const mine = trials.filter(({ block }) => block === number);
      await using launch = await executor.open({ trials: mine }, context);
      for (const trial of mine) {
        mkdirSync(directoryOf(trial), { recursive: true });
        results.push(await launch.run(trial, () => undefined));
      }
    }
    return { ran, results, told, folders: trials.map(directoryOf) };
  }

  it('runs that trial again by itself, and all later ones, and says so once', async () => {
    const { ran, results, told } = await run(2);
    expect(ran).to.deep.equal([
      ...['shared t1', 'shared t2', 'cold t2', 'cold t3', 'shared closed', 'cold closed'],
      ...['cold t4', 'cold closed'],
    ]);
    expect(results.map(({ unfit }) => unfit)).to.deep.equal([
      undefined,
      reasons,
      undefined,
      undefined,
    ]);
    expect(told).to.equal(1);
  });

  it('runs those that were to take turns one after another, once each is by itself', async () => {
    let running = 0;
    let most = 0;
    const cold: Executor = {
      open: () =>
        Promise.resolve({
          run: async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise((resolve) => setImmediate(resolve));
            running -= 1;
            return evidence;
          },
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
    };
    let told = 0;
    const unfit = () => Promise.reject(new UnfitScript('/my/job.py', reasons));
    const executor = executorByBlock({
      submit: cold,
      session: {
        open: () => Promise.resolve({ run: unfit, [Symbol.asyncDispose]: () => Promise.resolve() }),
      },
      ofBlock: () => 'session',
      fallBack: { isUnfit: false, onUnfit: () => (told += 1) },
    });
    const trials = [1, 1, 1].map(trialOf);
    const context = {
      ...{ directoryOf, onProcess: () => undefined },
      signal: new AbortController().signal,
    };
    await using launch = await executor.open({ trials }, context);
    const results = await Promise.all(
      trials.map((trial) => {
        mkdirSync(directoryOf(trial), { recursive: true });
        return launch.run(trial, () => undefined);
      }),
    );
    expect(results.map((one) => one.unfit)).to.deep.equal(Array(3).fill(reasons));
    expect([most, told]).to.deep.equal([1, 1]);
  });

  it('keeps of its first try only what the driver said, and the reasons', async () => {
    const { folders } = await run(1, { blocks: [1] });
    const [file = ''] = folders;
    expect(existsSync(join(file, 'shared.ndjson'))).to.equal(false);
    expect(existsSync(join(file, 'cold.ndjson'))).to.equal(true);
    expect(existsSync(join(file, 'driver-stderr.log'))).to.equal(true);
    const kept = readFileSync(join(file, 'session-unfit.json'), 'utf8');
    expect(JSON.parse(kept)).to.deep.equal(reasons);
  });

  it('ends the run where the experiment asks for sessions', async () => {
    const error = await run(1, { isAuto: false }).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'SESSION_UNFIT');
    expect(String(error)).to.contain('job.py cannot share a driver').and.to.contain(reasons[1]);
  });
});

function trialOf(block: number, index: number): Trial {
  const configuration = { id: 'c1', role: 'candidate', levels: {}, knobs: {} } as const;
  return { id: `t${String(index + 1)}`, block, configuration };
}
