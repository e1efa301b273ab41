import { expect } from 'chai';
import { createGuardedExecutor } from '../../../src/execution/guarded-executor.js';
import { processPerTrial, runAlone } from '../../../src/execution/process-per-trial.js';
import { plaintextEndpoint } from '../../../src/model/kafka-endpoint.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { runRecord } from '../../helpers/run-record.js';
import { testHost } from '../../helpers/test-host.js';

const evidence = {
  end: { kind: 'ended' },
  wallMs: 1,
  effectiveConf: null,
  events: [],
  canary: [],
  offered: null,
  problems: [],
} as const;

describe('createGuardedExecutor', () => {
  const { plan } = runRecord('version: 1\nname: guarded\n', () => undefined);
  const trial = trialsOf(plan)[0]!;

  /** Where the output of a trial is kept before it is cleared: a folder, or nowhere. */
  async function keptIn(keepsOutput: boolean): Promise<(string | undefined)[]> {
    const kept: (string | undefined)[] = [];
    const executor = createGuardedExecutor({
      diskReserveBytes: 0,
      keepsOutput,
      input: {
        ready: () =>
          Promise.resolve({
            endpoint: plaintextEndpoint('localhost:9092'),
            gone: new AbortController().signal,
            whyGone: () => Promise.resolve(undefined),
          }),
        checkRecords: () => Promise.resolve(),
        makeOutput: () => Promise.resolve(),
        clearOutput: (_trial, keepIn) => {
          kept.push(keepIn);
          return Promise.resolve();
        },
      },
      executorOn: () => processPerTrial(() => Promise.resolve(evidence)),
    });
    const { signal } = testHost().host;
    const context = { signal, directoryOf: () => 'trials/it', onProcess: () => undefined };
    await runAlone(executor, trial, { context, onEvent: () => undefined });
    return kept;
  }

  it("writes a trial's output into its folder before it is deleted, if it is to be kept", async () => {
    expect(await keptIn(true)).to.deep.equal(['trials/it']);
    expect(await keptIn(false)).to.deep.equal([undefined]);
  });

  it('opens the inner launch once for all trials, and again after the broker was restarted', async () => {
    const gone = [new AbortController(), new AbortController()];
    let broker = 0;
    const opened: number[] = [];
    const closed: number[] = [];
    const executor = createGuardedExecutor({
      ...{ diskReserveBytes: 0, keepsOutput: false },
      input: {
        ready: () =>
          Promise.resolve({
            endpoint: plaintextEndpoint('localhost:9092'),
            gone: gone[broker]!.signal,
            whyGone: () => Promise.resolve(undefined),
          }),
        ...{ checkRecords: () => Promise.resolve(), makeOutput: () => Promise.resolve() },
        clearOutput: () => Promise.resolve(),
      },
      executorOn: () => ({
        open: ({ trials }) => {
          opened.push(trials.length);
          return Promise.resolve({
            run: () => Promise.resolve(evidence),
            [Symbol.asyncDispose]: () => Promise.resolve(void closed.push(broker)),
          });
        },
      }),
    });
    const { signal } = testHost().host;
    const context = { signal, directoryOf: () => 'trials/it', onProcess: () => undefined };
    const trials = trialsOf(plan).slice(0, 3);
    {
      await using launch = await executor.open({ trials }, context);
      for (const one of trials) await launch.run(one, () => undefined);
      expect(opened, 'each with all trials of the launch').to.deep.equal([3]);
      broker = 1;
      await launch.run(trials[0]!, () => undefined);
      expect(opened).to.deep.equal([3, 3]);
      expect(closed).to.have.lengthOf(1);
    }
    expect(closed).to.have.lengthOf(2);
  });
});
