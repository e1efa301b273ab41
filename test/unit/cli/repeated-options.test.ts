import { expect } from 'chai';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

/** Every command, with what it must be given. */
const calls: readonly (readonly string[])[] = [
  ['setup'],
  ['doctor'],
  ['run', 'x'],
  ['plan', 'x'],
  ['lint', 'x'],
  ['knobs'],
  ['runs'],
  ['resume', 'x'],
  ['status', 'x'],
  ['report', 'x'],
  ['answers', 'x'],
  ['generate', 'x'],
  ['kafka', 'up'],
  ['kafka', 'down'],
  ['kafka', 'status'],
  ['topic', 'create', 'x'],
  ['topic', 'list'],
  ['topic', 'describe', 'x'],
  ['topic', 'delete', 'x'],
  ['produce', '--topic=x'],
  ['consume', '--topic=x'],
];
const repeatable = ['--param', '--knob', '--fail-if', '--fail-on'];

interface Option {
  readonly name: string;
  readonly alias: string | undefined;
}

describe('an option given twice', () => {
  const folder = temporaryFolder();

  async function call(...argv: string[]): Promise<void> {
    const { host, controller } = testHost({ PATH: '', HOME: folder });
    controller.abort();
    await runCommandLine(argv, { ...host, cwd: folder });
  }

  /** The options in the help of a command that take a value. */
  async function optionsOf(words: readonly string[]): Promise<Option[]> {
    const { host, written } = testHost();
    await runCommandLine([...words, '--help'], { ...host, err: { ...host.err, columns: 300 } });
    return written.out
      .split(/\n(?= +(?:-\w, )?--)/)
      .slice(1)
      .filter((text) => !text.split('\n\n')[0]!.includes('[boolean]'))
      .map((text) => /^ +(?:(-\w), )?(--[a-z-]+)/.exec(text)!)
      .map(([, alias, name = '']) => ({ name, alias }));
  }

  let tried = 0;
  for (const words of calls) {
    const command = words.filter((word) => word !== 'x' && !word.startsWith('-'));
    it(`is refused by ${command.join(' ')}, whichever it is`, async () => {
      for (const { name, alias } of await optionsOf(command)) {
        if (repeatable.includes(name)) continue;
        const pairs = [
          [name, '7', name, '8'],
          [`${name}=7`, `${name}=7`],
          ...(alias === undefined ? [] : [[alias, '7', name, '8']]),
        ];
        for (const pair of pairs) {
          const given = words.filter((word) => !word.startsWith(`${name}=`));
          const error = await expectError(call(...given, ...pair), 'USAGE');
          const label = `${[...given, ...pair].join(' ')}: ${error.message}`;
          expect(error.message, label).to.match(/^(--?[\w-]+) is given more than once\.$/);
          expect(label).to.contain(` ${error.message.split(' ')[0]!}`);
          tried += 1;
        }
      }
    });
  }

  it('was tried for many', () => {
    expect(tried).to.be.greaterThan(90);
  });

  it('does not matter where help is asked for, or the line is still being typed', async () => {
    const twice = ['plan', '--blocks', '1', '--blocks', '2'];
    await call(...twice, '--help');
    await call('--get-yargs-completions', 'streamtune', ...twice, '--');
  });

  it('counts as one where it may be repeated', async () => {
    const error = await expectError(
      call('plan', '--param', 'spark.x=1,2', '--param', 'nonsense'),
      'USAGE',
    );
    expect(error.message).not.to.contain('more than once');
  });
});
