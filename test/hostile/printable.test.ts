import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/command-line.js';
import { liveLine } from '../../src/cli/observers/live-line.js';
import { pass } from '../../src/cli/command-context.js';
import { printable } from '../../src/model/printable.js';
import { expectError } from '../helpers/expect-error.js';
import { testHost } from '../helpers/test-host.js';

describe('what is printed', () => {
  it('shows as an escape what would act on a terminal, and nothing else', () => {
    expect(printable('\u001b[2J\u0007\r\u0000\u007f\u009b\u202e\u2069')).to.equal(
      '\\u001b[2J\\u0007\\u000d\\u0000\\u007f\\u009b\\u202e\\u2069',
    );
    const harmless = 'a\tb\nc — é 漢字 😀 ‍👩‍👧 ±5 %';
    expect(printable(harmless)).to.equal(harmless);
    expect(printable(printable('\u001b'))).to.equal('\\u001b');
  });

  it('is data as it is in a pipe, and readable on a terminal', () => {
    const record = '{"a":"\u001b[31m"}\r\n';
    for (const [isTTY, expected] of [
      [false, record],
      [true, '{"a":"\\u001b[31m"}\\u000d\n'],
    ] as const) {
      const { host, written } = testHost();
      pass({ host: { ...host, out: { ...host.out, isTTY } }, exitCode: 0 }, record);
      expect(written.out).to.equal(expected);
    }
  });

  it('is overwritten in full on a terminal, escapes included', () => {
    const { host, written } = testHost();
    const screen = liveLine({ ...host.err, isTTY: true });
    screen.live('a\u001bb');
    screen.line('done');
    expect(written.err).to.equal(`a\\u001bb\r${' '.repeat(8)}\rdone\n`);
  });

  it('is an error with the words of the user made visible', async () => {
    const { host } = testHost();
    const error = await expectError(runCommandLine(['knobs', '\u001b]0;x\u0007'], host), 'USAGE');
    expect(printable(error.message)).to.contain('\\u001b]0;x\\u0007');
  });
});
