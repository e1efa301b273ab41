import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureToolchains } from '../../../src/toolchain/ensure-toolchain.js';
import { checkUp } from '../../../src/cli/check-up.js';
import { expectError } from '../../helpers/expect-error.js';
import { fakeMachine, usualMachine } from '../../helpers/fake-machine.js';
import { testHost } from '../../helpers/test-host.js';

describe('the toolchains of several Sparks', () => {
  let machine: ReturnType<typeof fakeMachine>;
  beforeEach(() => {
    machine = fakeMachine();
    machine.python({ version: '3.11.7' });
  });
  afterEach(() => {
    machine.remove();
  });
  const host = (env: Record<string, string> = {}) => testHost({ ...machine.env, ...env }).host;
  const ensure = (versions: readonly string[], env: Record<string, string> = {}) =>
    ensureToolchains({
      host: host(env),
      sparks: versions.map((version) => ({ version })),
      onStep: () => undefined,
    });

  it('installs an environment and a connector for each, and nothing the second time', async () => {
    machine.java('bin/java', '17.0.9');
    const [old, today] = await ensure(['3.5.7', '4.2.0']);
    expect(old?.spark.version).to.equal('3.5.7');
    expect(today?.spark.version).to.equal('4.2.0');
    expect(old?.python.executable).to.contain('/spark-3.5.7/');
    expect(today?.python.executable).to.contain('/spark-4.2.0/');
    expect(old?.spark.connectorJars).not.to.deep.equal(today?.spark.connectorJars);
    expect(old?.kafka).to.deep.equal(today?.kafka);
    const { length } = machine.installs();
    await ensure(['3.5.7', '4.2.0']);
    expect(machine.installs()).to.have.length(length);
  });

  it('runs all of them on one Java, which the pickiest of them decides', async () => {
    machine.java('new/bin/java', '25.0.1');
    machine.java('bin/java', '17.0.9');
    const env = { JAVA_HOME: join(machine.root, 'new') };
    const majors = (all: Awaited<ReturnType<typeof ensure>>) => all.map(({ java }) => java.major);
    expect(majors(await ensure(['4.2.0', '3.5.7'], env))).to.deep.equal([17, 17]);
    expect(majors(await ensure(['4.2.0'], env))).to.deep.equal([25]);
  });

  it('says before it installs anything that no Java suits one of them', async () => {
    machine.java('bin/java', '21.0.4');
    const error = await expectError(ensure(['4.2.0', '3.5.7']), 'JAVA_TOO_NEW');
    expect(error.message).to.contain('is Java 21.0.4; Spark 3.5.7 needs Java 17.');
    expect(machine.installs()).to.deep.equal([]);
  });

  it('says before it installs anything that no Python suits one of them', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.13.1' });
    const error = await expectError(ensure(['4.2.0', '3.5.7']), 'PYTHON_MISSING');
    expect(error.message).to.contain('Spark 3.5.7 needs Python 3.8 to 3.11');
    expect(machine.installs()).to.deep.equal([]);
  });

  it('names the version that cannot be installed, and keeps those that can', async () => {
    machine.java('bin/java', '17.0.9');
    await ensure(['4.2.0']);
    machine.python({ version: '3.11.7', pip: 'fails' });
    const error = await expectError(ensure(['4.2.0', '9.9.9']), 'INSTALL_FAILED');
    expect(error.message).to.contain('pyspark==9.9.9');
    machine.python({ version: '3.11.7' });
    expect((await ensure(['4.2.0']))[0]?.spark.version).to.equal('4.2.0');
  });

  it('are all checked by doctor, what they have in common once', async () => {
    machine.java('bin/java', '17.0.9');
    await ensure(['3.5.7']);
    const checks = await checkUp(host(), [{ version: '3.5.7' }, { version: '4.2.0' }]);
    const named = (name: string) => checks.filter((one) => one.name === name);
    expect(named('Java')).to.have.length(1);
    expect(named('Kafka broker')).to.have.length(1);
    expect(named('Spark').map(({ status }) => status)).to.deep.equal(['ok', 'warning']);
    expect(named('Spark')[1]?.fix).to.equal('streamtune setup --spark-version 4.2.0');
  });
});

describe('an existing Spark', () => {
  let machine: ReturnType<typeof fakeMachine>;
  beforeEach(() => {
    machine = usualMachine();
  });
  afterEach(() => {
    machine.remove();
  });
  const ensure = async (home: string, version?: string, env: Record<string, string> = {}) => {
    const { host } = testHost({ ...machine.env, ...env });
    const [found] = await ensureToolchains({
      ...{ host, sparks: [{ home, version }] },
      onStep: () => undefined,
    });
    return found!;
  };

  /** A distribution with these jars besides those that every Spark has. */
  const distribution = (name: string, core: string, ...more: readonly string[]) => {
    const home = join(machine.root, name);
    mkdirSync(join(home, 'jars'), { recursive: true });
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin', 'spark-submit'), '', { mode: 0o755 });
    for (const jar of [`spark-core_${core}`, 'hadoop-client-api-3.3.4', ...more]) {
      writeFileSync(join(home, 'jars', `${jar}.jar`), '');
    }
    return home;
  };

  it('is used in place of that of SPARK_HOME, with the connector of its version and Scala', async () => {
    const home = distribution('mine', '2.13-3.5.6');
    const env = { SPARK_HOME: distribution('other', '2.13-4.2.0') };
    const { spark } = await ensure(home, undefined, env);
    expect(spark).to.include({ home, version: '3.5.6', scala: '2.13', source: 'spark.home' });
    const [ivy] = machine.installs().filter((line) => line.includes('spark-sql-kafka'));
    expect(ivy).to.contain('spark-sql-kafka-0-10_2.13 3.5.6');
    expect(machine.installs().some((line) => line.startsWith('pip'))).to.equal(false);
  });

  it('may be the build of a vendor, whose connector is that of the version it is based on', async () => {
    const { spark } = await ensure(distribution('vendor', '2.12-3.5.2-amzn-1'));
    expect(spark.version).to.equal('3.5.2');
  });

  it('may bring its own connector', async () => {
    const own = ['spark-sql-kafka-0-10_2.13-4.2.0', 'spark-token-provider-kafka-0-10_2.13-4.2.0'];
    const clients = ['kafka-clients-3.9.2', 'commons-pool2-2.13.1'];
    const home = distribution('whole', '2.13-4.2.0', ...own, ...clients);
    expect((await ensure(home)).spark.connectorJars).to.deep.equal([]);
    expect(machine.installs().some((line) => line.includes('spark-sql-kafka'))).to.equal(false);
    const half = distribution('half', '2.13-4.2.0', ...own);
    expect((await ensure(half)).spark.connectorJars).to.have.length(1);
  });

  it('may be the venv of a package, whose Python it then runs on', async () => {
    machine.python({ name: 'python3.12', version: '3.12.4' });
    await ensureToolchains({
      host: testHost(machine.env).host,
      sparks: [{ version: '4.2.0' }],
      onStep: () => undefined,
    });
    const venv = join(machine.cache, 'spark-4.2.0');
    const site = join(venv, 'lib/python3.11/site-packages/pyspark');
    writeFileSync(join(site, 'jars', 'hadoop-client-api-3.3.4.jar'), '');
    for (const given of [venv, site]) {
      const { spark, python } = await ensure(given);
      expect(spark).to.include({ home: site, version: '4.2.0' });
      expect(python.version).to.equal('3.11.7');
    }
  });

  it('is refused where it is another version than was asked for, or no whole Spark', async () => {
    const home = distribution('mine', '2.13-4.2.0');
    const other = await expectError(ensure(home, '3.5.7'), 'SPARK_HOME_INVALID');
    expect(other.message).to.equal(
      `spark.home is ${home}, which is Spark 4.2.0, but 3.5.7 was asked for.`,
    );
    expect(other.hint).to.contain('Correct spark.home, or leave it out');
    rmSync(join(home, 'jars', 'hadoop-client-api-3.3.4.jar'));
    const bare = await expectError(ensure(home), 'SPARK_HOME_INVALID');
    expect(bare.message).to.contain('Spark 4.2.0 without Hadoop');
    const none = await expectError(ensure(machine.root), 'SPARK_HOME_INVALID');
    expect(none.message).to.contain('holds no released Spark');
    expect(machine.installs()).to.deep.equal([]);
  });
});
