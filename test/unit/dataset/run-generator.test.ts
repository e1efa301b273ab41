import { expect } from 'chai';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { runGenerator } from '../../../src/dataset/run-generator.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { expectError } from '../../helpers/expect-error.js';
import { isGone } from '../../helpers/process-state.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe("somebody's own generator", () => {
  const folder = temporaryFolder();
  const file = (name: string) => join(folder, name);
  const dataOf = (program: string, records: number) => {
    const command = [execPath, '-e', program];
    return { kind: 'command', command, folder, records } as const;
  };
  const run = (program: string, records: number, to: string) =>
    runGenerator(dataOf(program, records), file(to), testHost().host);

  it('writes a record on each line, in the folder of the experiment, and sees no shell', async () => {
    const program = 'console.log(process.cwd()); console.log(""); console.log("$HOME `id` é")';
    await run(program, 2, 'some');
    expect(readFileSync(file('some'), 'utf8')).to.equal(
      `${realpathSync(folder)}\n$HOME \`id\` é\n`,
    );
  });

  it('is ended once it has made enough', async () => {
    const program =
      'console.log(process.pid); const more = () => process.stdout.write("x\\n".repeat(999), more); more()';
    await run(program, 5_000, 'endless');
    const lines = readFileSync(file('endless'), 'utf8').trimEnd().split('\n');
    expect(lines).to.have.length(5_000);
    expect(isGone(Number(lines[0]))).to.equal(true);
  });

  it('that makes too few is told with its exit code and its last words', async () => {
    const failing = 'console.log(1); console.error("a\\n\\nno more tea"); process.exitCode = 3';
    const { message } = await expectError(run(failing, 5_000, 'few'), 'DATA_COMMAND_FAILED');
    expect(message).to.match(
      / ended with exit code 3 after 1 of 5,000 records\.\n {2}a\n {2}no more/,
    );
    const killed = await expectError(
      run('process.kill(process.pid, "SIGTERM"); setInterval(() => 0, 9)', 1, 'killed'),
      'DATA_COMMAND_FAILED',
    );
    expect(killed.message).to.contain(' was ended by SIGTERM after 0 of 1 records.');
    expect(existsSync(file('few')) || existsSync(`${file('few')}.draft`)).to.equal(false);
  });

  it('that cannot be started is told so', async () => {
    const command = ['./nowhere --at all'];
    const { host } = testHost();
    const data = { kind: 'command', command, folder, records: 1 } as const;
    const error = await expectError(runGenerator(data, file('none'), host), 'DATA_COMMAND_FAILED');
    expect(error.message).to.match(/^'\.\/nowhere --at all' could not be started/);
    expect(error.hint).to.contain('without a shell');
  });

  it('must write UTF-8', async () => {
    const program = 'process.stdout.write(Buffer.from([120, 10, 0xff, 10]))';
    const { message } = await expectError(run(program, 2, 'bytes'), 'DATA_INVALID');
    expect(message).to.match(/:2: this is not UTF-8/);
  });

  it('is ended with the run', async () => {
    const { host, controller } = testHost();
    const pidFile = file('pid');
    const program = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => 0, 1e3)`;
    const running = expectError(
      runGenerator(dataOf(program, 1), file('stopped'), host),
      'INTERRUPTED',
    );
    const pid = await waitUntil({
      what: 'the program runs',
      check: () =>
        Promise.resolve(
          existsSync(pidFile) ? readFileSync(pidFile, 'utf8') || undefined : undefined,
        ),
      timeoutMs: 10_000,
      signal: new AbortController().signal,
    });
    controller.abort();
    await running;
    expect(isGone(Number(pid))).to.equal(true);
  });
});
