import { expect } from 'chai';
import { exceptionOf, outcomeOf } from '../../../src/spark/submit-outcome.js';

const ended = {
  exitCode: null,
  endedBySignal: 'SIGTERM',
  timedOut: true,
  stdout: '',
  stderr: '',
  startError: null,
};
const trial = {
  id: 'b1-t1-baseline',
  block: 1,
  configuration: { id: 'baseline', isBaseline: true, levels: {}, knobs: {} },
};
const parts = {
  exception: null,
  outOfMemory: false,
  trial,
  limitSeconds: 240,
  effectiveConf: null,
};

describe('the outcome of a spark-submit', () => {
  it('that took too long is timed-out', () => {
    expect(outcomeOf({ ...parts, ended })).to.deep.equal({ kind: 'timed-out', limitSeconds: 240 });
  });

  it('that stood still without memory is out of memory', () => {
    const stderr = 'Exception in thread "x" java.lang.OutOfMemoryError: Java heap space\n';
    expect(outcomeOf({ ...parts, ended: { ...ended, stderr } })).to.deep.include({
      kind: 'failed',
      failureClass: 'driver-out-of-memory',
      reason:
        'java.lang.OutOfMemoryError: Java heap space (it stood still until its limit of 240 s)',
    });
  });

  it('takes the exception of a query from the line of its end only', () => {
    expect(exceptionOf('{"event":"terminated","exception":"why"}')).to.equal('why');
    expect(exceptionOf('{"event":"terminated","exception":null}')).to.equal(null);
    expect(exceptionOf('{"event":"terminated"')).to.equal(null);
    expect(exceptionOf('{"event":"progress","exception":"why"}')).to.equal(null);
  });
});
