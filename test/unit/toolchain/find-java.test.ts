import { expect } from 'chai';
import { join } from 'node:path';
import { findJava } from '../../../src/toolchain/find-java.js';
import { fakeMachine } from '../../helpers/fake-machine.js';
import { expectError } from '../../helpers/expect-error.js';
import { testHost } from '../../helpers/test-host.js';

describe('findJava', () => {
  let machine: ReturnType<typeof fakeMachine>;
  beforeEach(() => {
    machine = fakeMachine();
  });
  afterEach(() => {
    machine.remove();
  });
  const find = (env: Record<string, string> = {}) =>
    findJava(testHost({ ...machine.env, ...env }).host);

  it('takes JAVA_HOME before PATH', async () => {
    machine.java('bin/java', '21.0.1');
    machine.java('jdk/bin/java', '17.0.9');
    const found = await find({ JAVA_HOME: join(machine.root, 'jdk') });
    expect(found).to.include({ version: '17.0.9', major: 17, source: 'JAVA_HOME' });
  });

  it('goes on to PATH where JAVA_HOME is too old or leads nowhere', async () => {
    machine.java('bin/java', '21.0.1');
    machine.java('old/bin/java', '1.8.0_392');
    for (const folder of ['old', 'gone']) {
      const found = await find({ JAVA_HOME: join(machine.root, folder) });
      expect(found).to.include({ major: 21, source: 'PATH' });
    }
  });

  it('names the Java that is too old where there is no other', async () => {
    machine.java('bin/java', '1.8.0_392');
    const error = await expectError(find(), 'JAVA_TOO_OLD');
    expect(error.message)
      .to.contain('bin/java is Java 1.8.0_392')
      .and.to.contain('need Java 17 or 21');
    expect(error.hint).to.contain('openjdk-17');
    expect(error.exitCode).to.equal(3);
  });

  it('names the Java that is too new, and passes it over for one that fits', async () => {
    machine.java('new/bin/java', '25.0.1');
    const env = { JAVA_HOME: join(machine.root, 'new') };
    const error = await expectError(find(env), 'JAVA_TOO_NEW');
    expect(error.message).to.contain('new/bin/java is Java 25.0.1');
    machine.java('bin/java', '21.0.1');
    expect(await find(env)).to.include({ major: 21 });
  });

  it('finds none where there is none', async () => {
    expect(await find()).to.equal(undefined);
  });
});
