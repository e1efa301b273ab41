import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judgeTrial } from '../../../src/measure/judge-trial.js';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import { isGone } from '../../helpers/process-state.js';
import { makeCalls, sessionMeasurement, sessionTrial } from '../../helpers/real-sessions.js';
import { batchIds, heldIn, scriptTurns } from '../../helpers/script-turns.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const records = 8_000;
const calls = { topic: 'script-turn-calls', records };
const shuffle = 'spark.sql.shuffle.partitions';

describe('trials of a script that take turns in a real driver', () => {
  const folder = temporaryFolder();
  const { play, directoryOf } = scriptTurns(folder, calls);

  before(() => makeCalls(calls));

  it('have all their batches and their own settings, each in a Python of its own', async () => {
    const trials = [2, 3, 2].map((partitions, index) =>
      sessionTrial(index + 1, { [shuffle]: partitions }),
    );
    const { evidence, pids } = await play('turns/own_batches.py', trials);
    const logs = trials.map((trial) =>
      readFileSync(join(directoryOf(trial), 'stdout.log'), 'utf8'),
    );
    expect(pids).to.have.lengthOf(1);
    for (const [index, one] of evidence.entries()) {
      const knobs = { [shuffle]: trials[index]!.configuration.knobs[shuffle]! };
      const measurement = measureEvidence(one, {}, sessionMeasurement);
      expect(one.end, logs[index]).to.deep.equal({ kind: 'ended' });
      expect(judgeTrial({ knobs, evidence: one, machine: null, measurement })).to.deep.equal({
        kind: 'succeeded',
      });
      expect(one.effectiveConf?.[shuffle]).to.equal(String(knobs[shuffle]));
      expect(batchIds(one)).to.deep.equal(Array.from({ length: 20 }, (_, id) => id));
      expect(measurement?.inputRows).to.equal(records);
      expect(measurement?.counts.counted).to.equal(19);
      expect(one.session?.inOneGo).to.equal(undefined);
      expect(one.session?.turns).to.be.within(6, 7);
      expect(heldIn(one)).to.have.lengthOf(one.session!.turns! - 1);
      expect(Math.min(...heldIn(one))).to.be.greaterThan(0);
      const processes = new Set(
        [...(logs[index] ?? '').matchAll(/^batch \d+ of (\d+)/gm)].map(([, pid]) => pid),
      );
      expect(processes.size, logs[index]).to.equal(1);
    }
    expect(pids.filter((pid) => !isGone(pid))).to.deep.equal([]);
    expect(readdirSync(join(folder, 'work'))).to.deep.equal([]);
  });
});
