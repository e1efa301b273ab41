import { expect } from 'chai';
import { endOf, problemsIn } from '../../../../src/execution/trial/process-end.js';

const limited = {
  exitCode: null,
  endedBySignal: 'SIGTERM',
  timedOut: true,
  stdout: '',
  stderr: '',
  startError: null,
};
const fine = { ...limited, exitCode: 0, endedBySignal: null, timedOut: false };
const parts = { events: [], outOfMemory: false, limitSeconds: 240 };

describe('the end of a spark-submit', () => {
  it('that took too long is timed-out', () => {
    expect(endOf({ ...parts, ended: limited })).to.deep.equal({
      kind: 'timed-out',
      limitSeconds: 240,
    });
  });

  it('that stood still without memory is out of memory', () => {
    const stderr = 'Exception in thread "x" java.lang.OutOfMemoryError: Java heap space\n';
    expect(endOf({ ...parts, ended: { ...limited, stderr } })).to.deep.include({
      kind: 'failed',
      failureClass: 'driver-out-of-memory',
      cause: {
        kind: 'message',
        text: 'java.lang.OutOfMemoryError: Java heap space',
        stoodStillSeconds: 240,
      },
    });
  });

  it('is a failure where its query ended with an exception, whatever its exit code', () => {
    const terminated = (exception: string | null) =>
      ({ kind: 'terminated', at: 1, exception }) as const;
    expect(endOf({ ...parts, ended: fine, events: [terminated(null)] })).to.deep.equal({
      kind: 'ended',
    });
    const events = [terminated(null), terminated('java.lang.IllegalStateException: why')];
    expect(endOf({ ...parts, ended: fine, events })).to.deep.include({
      kind: 'failed',
      cause: { kind: 'message', text: 'java.lang.IllegalStateException: why' },
    });
  });

  it('says where Spark dropped progress events', () => {
    expect(problemsIn(fine)).to.deep.equal([]);
    expect(problemsIn({ ...fine, stderr: 'WARN Dropping event from queue streams' })).to.deep.equal(
      [{ kind: 'dropped-events' }],
    );
    expect(problemsIn('canceled')).to.deep.equal([]);
  });
});
