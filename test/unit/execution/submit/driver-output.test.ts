import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { followOutput, withOutput } from '../../../../src/execution/submit/driver-output.js';
import { classifyFailure } from '../../../../src/spark/classify-failure.js';
import { driverLog, driverOutput } from '../../../../src/spark/submit/logging-conf.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('what a driver on another machine tells', () => {
  const driver = join(temporaryFolder(), 'driver');
  const client = {
    ...{ exitCode: 0, endedBySignal: null, timedOut: false, stdout: '', startError: null },
    stderr: '',
  };
  const state = (word: string) => ({
    ...client,
    stderr: `INFO ClientEndpoint: State of driver driver-1-0 is ${word}, exiting spark-submit JVM.\n`,
  });

  it('is followed line by line, and its end kept', async () => {
    mkdirSync(driver);
    writeFileSync(driverLog(driver), '12:00:00 WARN A: one\n12:00:01 WARN A: two\n');
    writeFileSync(driverOutput(driver), 'printed\n');
    const lines: string[] = [];
    const told = await followOutput({ driver }, Promise.resolve(), (line) => lines.push(line));
    expect(lines).to.have.members(['12:00:00 WARN A: one', '12:00:01 WARN A: two', 'printed']);
    expect(told.stderr).to.match(/one\n.*two\n$/s);
    expect(told.stdout).to.equal('printed\n');
    const here = await followOutput({}, Promise.resolve(), (line) => lines.push(line));
    expect(here).to.deep.equal({ stdout: '', stderr: '' });
  });

  it('decides how it ended, as the client of a master ends well in any case', () => {
    const told = { stdout: '', stderr: 'ERROR A: java.lang.IllegalStateException: broken\n' };
    const failed = withOutput(state('FAILED'), told);
    expect(failed.exitCode).to.equal(1);
    const { cause } = classifyFailure({ ...failed, exception: null });
    expect(cause).to.deep.equal({
      kind: 'message',
      text: 'ERROR A: java.lang.IllegalStateException: broken',
    });
    expect(withOutput(state('FINISHED'), told).exitCode).to.equal(0);
    const killed = withOutput(state('KILLED'), { stdout: '', stderr: '' });
    expect(classifyFailure({ ...killed, exception: null }).failureClass).to.equal('killed');
  });
});
