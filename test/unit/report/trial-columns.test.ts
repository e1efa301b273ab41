import { expect } from 'chai';
import type { ConfigurationRow } from '../../../src/model/run/report-model.js';
import type { ExecutorsSeen } from '../../../src/model/executors-seen.js';
import { trialColumnsOf } from '../../../src/report/trial-columns.js';

describe("the columns of a report's trials", () => {
  const row = (...seen: readonly (ExecutorsSeen | undefined)[]) =>
    ({
      trials: seen.map((executors) => (executors === undefined ? {} : { executors })),
    }) as unknown as ConfigurationRow;

  it('tell where executors ran and which were lost, only on a cluster', () => {
    expect(trialColumnsOf(row(undefined)).map(({ label }) => label)).not.to.include('executors');
    const gained = ['a', 'b', 'a'].map((host, index) => ({ id: String(index), host }));
    const table = row(undefined, { gained, lost: [{ id: '1', host: 'b', why: 'x' }] });
    const column = trialColumnsOf(table).find(({ label }) => label === 'executors');
    expect(table.trials.map((trial) => column?.cell(trial))).to.deep.equal([
      '—',
      '3 on a, b; 1 lost',
    ]);
  });

  it('tell how near to their data tasks ran, where a trial knows', () => {
    const locality = { ANY: 5, PROCESS_LOCAL: 95 };
    const trials = [{ measurement: { locality } }, { measurement: null }];
    const table = { trials } as unknown as ConfigurationRow;
    const column = trialColumnsOf(table).find(({ label }) => label === 'locality of tasks');
    expect(table.trials.map((trial) => column?.cell(trial))).to.deep.equal([
      'PROCESS_LOCAL 95 %, ANY 5.0 %',
      '—',
    ]);
    expect(trialColumnsOf(row(undefined)).map(({ label }) => label)).not.to.include(column?.label);
  });

  it('tell how many cores they had, where that is known of all', () => {
    const two = { id: '0', host: 'a', cores: 2 };
    const late = { ...two, id: '1', afterBatches: 4 };
    const table = row(
      { gained: [two, { ...two, id: '1' }], lost: [] },
      { gained: [two, late], lost: [] },
    );
    const column = trialColumnsOf(table).find(({ label }) => label === 'executors');
    expect(table.trials.map((trial) => column?.cell(trial))).to.deep.equal([
      '2 (4 cores) on a',
      '2 (4 cores) on a; 1 late',
    ]);
  });
});
