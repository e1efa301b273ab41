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
  const find = (env: Record<string, string> = {}, sparkVersion = '4.2.0') =>
    findJava(testHost({ ...machine.env, ...env }).host, sparkVersion);

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
      .and.to.contain('Spark 4.2.0 needs Java 17, 21 or 25');
    expect(error.hint).to.contain('openjdk-17');
    expect(error.exitCode).to.equal(3);
  });

  it('passes over a Java that is too new for the Spark for one that fits', async () => {
    machine.java('new/bin/java', '25.0.1');
    machine.java('bin/java', '21.0.1');
    const env = { JAVA_HOME: join(machine.root, 'new') };
    expect(await find(env, '4.0.0')).to.include({ major: 21 });
    expect(await find(env, '4.2.0')).to.include({ major: 25 });
  });

  const newest: readonly (readonly [spark: string, takes: string, refuses: string])[] = [
    ['3.4.1', '17.0.9', '18.0.2'],
    ['3.5.7', '17.0.9', '21.0.1'],
    ['4.0.0', '23.0.1', '24.0.1'],
    ['4.1.1', '23.0.1', '24.0.1'],
    ['4.2.0', '25.0.1', '26.0.1'],
    ['4.3.0', '25.0.1', '26.0.1'],
    ['5.0.0', '25.0.1', '26.0.1'],
  ];
  for (const [spark, takes, refuses] of newest) {
    it(`takes Java ${takes} for Spark ${spark}, and refuses ${refuses}`, async () => {
      machine.java('bin/java', takes);
      expect(await find({}, spark)).to.include({ version: takes });
      machine.java('bin/java', refuses);
      const error = await expectError(find({}, spark), 'JAVA_TOO_NEW');
      expect(error.message).to.contain(`bin/java is Java ${refuses}; Spark ${spark} needs Java 17`);
    });
  }

  it('names the Spark that runs on a Java which is too new for the one asked for', async () => {
    machine.java('bin/java', '21.0.1');
    const old = await expectError(find({}, '3.5.7'), 'JAVA_TOO_NEW');
    expect(old.hint).to.contain('or ask for Spark 4.2.0, which runs on Java 21;');
    machine.java('bin/java', '26.0.1');
    const none = await expectError(find({}, '4.2.0'), 'JAVA_TOO_NEW');
    expect(none.hint).not.to.contain('ask for Spark');
    expect(none.hint).to.contain('streamtune brings its own, with Spark 3.5.7');
  });

  it('finds none where there is none', async () => {
    expect(await find()).to.equal(undefined);
  });
});
