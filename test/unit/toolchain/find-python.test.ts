import { expect } from 'chai';
import { findPython } from '../../../src/toolchain/find-python.js';
import { expectError } from '../../helpers/expect-error.js';
import { fakeMachine } from '../../helpers/fake-machine.js';
import { testHost } from '../../helpers/test-host.js';

describe('findPython', () => {
  let machine: ReturnType<typeof fakeMachine>;
  beforeEach(() => {
    machine = fakeMachine();
  });
  afterEach(() => {
    machine.remove();
  });
  const find = (sparkVersion: string) => findPython(testHost(machine.env).host, sparkVersion);

  const windows: readonly (readonly [spark: string, takes: string, refuses: string])[] = [
    ['3.5.7', '3.11.7', '3.12.1'],
    ['4.0.0', '3.9.2', '3.8.10'],
    ['4.1.1', '3.10.1', '3.9.2'],
    ['4.2.0', '3.14.0', '3.15.0'],
    ['4.3.0', '3.11.7', '3.10.1'],
    ['5.0.0', '3.15.0', '3.10.1'],
  ];
  for (const [spark, takes, refuses] of windows) {
    it(`takes Python ${takes} for Spark ${spark}, and refuses ${refuses}`, async () => {
      machine.python({ version: takes });
      expect((await find(spark)).version).to.equal(takes);
      machine.python({ version: refuses });
      const error = await expectError(find(spark), 'PYTHON_MISSING');
      expect(error.message).to.contain(`Spark ${spark} needs Python 3.`);
      expect(error.message).to.contain(`only Python ${refuses} was found`);
    });
  }

  it('does not limit the Python of a Spark that is newer than what is known', async () => {
    machine.python({ version: '3.10.1' });
    const error = await expectError(find('5.0.0'), 'PYTHON_MISSING');
    expect(error.message).to.contain('needs Python 3.11 or newer, and');
  });
});
