import { expect } from 'chai';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { expectError } from '../../helpers/expect-error.js';
import { testHost } from '../../helpers/test-host.js';

async function help(...command: string[]): Promise<string> {
  const { host, written } = testHost();
  expect(await runCommandLine([...command, '--help'], host)).to.equal(0);
  return written.out;
}

describe('--help', () => {
  it('lists every command, and each has an example of its own', async () => {
    const overview = await help();
    const commands = [...overview.matchAll(/^ {2}streamtune (\w+)/gm)].map((match) => match[1]!);
    const named = [
      'setup',
      'doctor',
      'run',
      'plan',
      'lint',
      'knobs',
      'runs',
      'resume',
      'status',
      'report',
      'answers',
      'generate',
      'submit',
      'kafka',
      'topic',
      'produce',
      'consume',
    ];
    expect(commands).to.include.members(named);
    for (const command of named) {
      const text = await help(command);
      expect(text, command).to.match(new RegExp(`Examples:\\s+streamtune ${command}`));
    }
    for (const [command, action] of [
      ['kafka', 'up'],
      ['kafka', 'down'],
      ['kafka', 'status'],
      ['topic', 'create'],
      ['topic', 'list'],
      ['topic', 'describe'],
      ['topic', 'delete'],
    ] as const) {
      expect(await help(command, action)).to.match(
        new RegExp(`Examples:\\s+streamtune ${command} ${action}`),
      );
    }
  });

  it('is where a wrong command points to', async () => {
    const error = await expectError(runCommandLine(['ran'], testHost().host), 'USAGE');
    expect(error.message).to.contain('Did you mean run?');
    expect(error.hint).to.contain('--help');
  });
});
