import { expect } from 'chai';
import { ignoredSignals } from '../../../../src/process/start/ignored-signals.js';

/** A start without any trace of nohup, except what is given. */
function told(env: Record<string, string>, files: Record<string, string> = {}) {
  return [...ignoredSignals({ env, parentPid: 7, read: (file) => files[file] })];
}

describe('ignoredSignals', () => {
  it('says what the launcher has found, and looks no further', () => {
    expect(told({ STREAMTUNE_IGNORED_SIGNALS: ' HUP INT' })).to.deep.equal(['SIGHUP', 'SIGINT']);
    expect(told({ STREAMTUNE_IGNORED_SIGNALS: '  INT' })).to.deep.equal(['SIGINT']);
    expect(told({ STREAMTUNE_IGNORED_SIGNALS: '  ', _: '/usr/bin/nohup' })).to.deep.equal([]);
  });

  it('tells nohup by the name that a shell leaves, where Node was started directly', () => {
    expect(told({ _: '/usr/bin/nohup' })).to.deep.equal(['SIGHUP']);
    expect(told({ _: '/usr/bin/node' })).to.deep.equal([]);
    expect(told({})).to.deep.equal([]);
  });

  it('tells it by a parent that ignores SIGHUP, and by a standard input that can only be written', () => {
    const status = (mask: string) => ({ '/proc/7/status': `Name:\tsh\nSigIgn:\t${mask}\n` });
    expect(told({}, status('0000000000000001'))).to.deep.equal(['SIGHUP']);
    expect(told({}, status('0000000000384007'))).to.deep.equal(['SIGHUP']);
    expect(told({}, status('0000000001001000'))).to.deep.equal([]);
    // What system(3) does in the parent while it waits: the child does not inherit it.
    expect(told({}, status('0000000000000006'))).to.deep.equal([]);
    const input = (flags: string) => ({ '/proc/self/fdinfo/0': `pos:\t0\nflags:\t${flags}\n` });
    expect(told({}, input('0100001'))).to.deep.equal(['SIGHUP']);
    expect(told({}, input('0100000'))).to.deep.equal([]);
    expect(told({}, input('0100002'))).to.deep.equal([]);
  });
});
