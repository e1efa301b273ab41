import { expect } from 'chai';
import { asCalled, programOf } from '../../../src/cli/usage/as-called.js';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { testHost } from '../../helpers/test-host.js';

const clone = { argv: ['node', 'bin/streamtune.js', 'kafka', 'up'] };

describe('the commands that streamtune names', () => {
  it('are written as it was called itself', () => {
    expect(programOf(clone)).to.equal('node bin/streamtune.js');
    expect(programOf({ argv: ['node', '../my clone/bin/streamtune.js'] })).to.equal(
      "node '../my clone/bin/streamtune.js'",
    );
    expect(programOf({ argv: ['npx', 'streamtune', 'run'] })).to.equal('npx streamtune');
    expect(programOf({ argv: ['streamtune', 'run'] })).to.equal('streamtune');
    const hint = 'Start one with `streamtune kafka up`, or see streamtune status DIR.';
    expect(asCalled(hint, clone)).to.equal(
      'Start one with `node bin/streamtune.js kafka up`, or see node bin/streamtune.js status DIR.',
    );
    expect(asCalled(hint, { argv: ['streamtune'] })).to.equal(hint);
  });

  it('are told from the program, and from a call that is complete', () => {
    for (const text of [
      'Another streamtune is running in results.',
      'streamtune then brings its own Java',
      'npx streamtune run my.yaml',
    ]) {
      expect(asCalled(text, clone)).to.equal(text);
    }
  });

  it('include all there are, also in the help', async () => {
    const { host, written } = testHost();
    await runCommandLine(['--help'], { ...host, argv: clone.argv });
    const named = [...written.out.matchAll(/^ {2}node bin\/streamtune\.js (\w+)/gm)].map(
      ([, name]) => name!,
    );
    expect(named).to.have.length.greaterThan(14);
    for (const name of named) {
      expect(asCalled(`streamtune ${name}`, clone)).to.equal(`node bin/streamtune.js ${name}`);
    }
  });

  it('are installed names in a script for completion', async () => {
    const { host, written } = testHost({ SHELL: '/bin/bash' });
    await runCommandLine(['completion'], { ...host, argv: clone.argv });
    expect(written.out).to.contain('streamtune');
    expect(written.out).not.to.contain('_node ');
  });
});
