import { expect } from 'chai';
import type { Check } from '../../../src/model/check.js';
import { checkToolchain } from '../../../src/toolchain/checks/check-toolchain.js';
import { ensureToolchain } from '../../../src/toolchain/ensure-toolchain.js';
import { fakeMachine } from '../../helpers/fake-machine.js';
import { testHost } from '../../helpers/test-host.js';

describe('checkToolchain', () => {
  let machine: ReturnType<typeof fakeMachine>;
  beforeEach(() => {
    machine = fakeMachine();
  });
  afterEach(() => {
    machine.remove();
  });
  const check = async () => {
    const checks = await checkToolchain({ host: testHost(machine.env).host });
    return new Map<string, Check>(checks.map((one) => [one.name, one]));
  };

  it('says what is not installed yet and what installs it, then where it is', async () => {
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    const before = await check();
    for (const name of ['Spark', 'Kafka connector', 'Kafka broker']) {
      expect(before.get(name), name).to.include({ status: 'warning', fix: 'streamtune setup' });
    }
    await ensureToolchain({ host: testHost(machine.env).host, onStep: () => undefined });
    const after = [...(await check()).values()];
    expect(after.map((one) => one.status)).to.deep.equal(after.map(() => 'ok'));
    expect(after.map((one) => one.name)).to.include.members(['Java', 'Python', 'venv module']);
  });

  it('has the fix for a Java that is too old, a Python without venv, and none at all', async () => {
    machine.java('bin/java', '11.0.2');
    machine.python({ version: '3.11.7', venvModule: false });
    const old = await check();
    expect(old.get('Java')).to.include({ status: 'problem' });
    expect(old.get('Java')?.fix).to.contain('openjdk-17');
    expect(old.get('venv module')?.fix).to.contain('python3.11-venv');
    const { PATH } = machine.env;
    machine.remove();
    machine = fakeMachine();
    expect(machine.env.PATH).not.to.equal(PATH);
    const none = await check();
    expect(none.get('Java')).to.include({ status: 'warning' });
    expect(none.get('Python')?.finding).to.contain('no Python was found');
  });
});
