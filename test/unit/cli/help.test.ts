import { expect } from 'chai';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { expectError } from '../../helpers/expect-error.js';
import { helpExamples } from '../../helpers/documented-commands.js';
import { testHost } from '../../helpers/test-host.js';

async function help(...command: string[]): Promise<string> {
  return await helpIn(100, command);
}

async function helpIn(columns: number, command: readonly string[]): Promise<string> {
  const { host, written } = testHost();
  const narrow = { ...host, err: { ...host.err, columns } };
  expect(await runCommandLine([...command, '--help'], narrow)).to.equal(0);
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
      'serve',
      'status',
      'report',
      'answers',
      'import',
      'diagnose',
      'generate',
      'submit',
      'kafka',
      'cluster',
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
      ['cluster', 'up'],
      ['cluster', 'down'],
      ['cluster', 'status'],
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

  for (const columns of [40, 60, 100, 200]) {
    it(`has each example's command whole in a line of its own, on ${String(columns)} columns`, async () => {
      const groups = ['kafka', 'cluster', 'topic'];
      const texts = new Map<string, string[]>();
      const overview = (await helpIn(columns, [])).split('\n');
      for (const { text } of helpExamples()) {
        if (text.includes(' completion ')) continue; // its help is the script
        const command = text.replace('node bin/streamtune.js', 'streamtune');
        const [, first = '', second = ''] = command.split(' ');
        const called = groups.includes(first) ? [first, second] : [first];
        const key = called.join(' ');
        texts.set(key, texts.get(key) ?? (await helpIn(columns, called)).split('\n'));
        const lines = [...overview, ...(texts.get(key) ?? [])];
        const whole = lines.find((line) => `${line}  `.startsWith(`  ${command}  `));
        expect(whole, `${command} in\n${lines.join('\n')}`).to.be.a('string');
      }
      expect(texts.size).to.be.greaterThan(15);
      const all = [...texts.values()].flat();
      const prose = all.filter((line) => !line.startsWith('  streamtune '));
      expect(prose.filter((line) => line.length > columns)).to.deep.equal([]);
    });
  }

  it('is where a wrong command points to', async () => {
    const error = await expectError(runCommandLine(['ran'], testHost().host), 'USAGE');
    expect(error.message).to.contain('Did you mean run?');
    expect(error.hint).to.contain('--help');
  });
});
