import { expect } from 'chai';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followLines } from '../../../src/progress/follow-lines.js';

describe('followLines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-follow-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Follows a file until the writer has ended; each line that comes lets the writer go on. */
  async function follow(name: string, parts: readonly string[]) {
    const file = join(folder, name);
    const lines: string[] = [];
    let end: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (end = resolve));
    const rest = [...parts];
    const write = () => {
      const part = rest.shift();
      if (part === undefined) end();
      else appendFileSync(file, part);
    };
    setImmediate(write);
    for await (const line of followLines(file, done)) {
      lines.push(line);
      write();
    }
    return lines;
  }

  it('hands out each line as it comes, from a file that is not there yet', async () => {
    expect(await follow('lines', ['one\n', 'two\n', 'ü three\n'])).to.deep.equal([
      'one',
      'two',
      'ü three',
    ]);
  });

  it('keeps a line that was written in pieces together, and a torn last one back', async () => {
    expect(await follow('torn', ['first\nsec', 'ond\nthird'])).to.deep.equal(['first', 'second']);
  });

  it('ends where nothing is ever written', async () => {
    const lines: string[] = [];
    const failed = Promise.reject(new Error('x'));
    for await (const line of followLines(join(folder, 'never'), failed)) lines.push(line);
    expect(lines).to.deep.equal([]);
  });

  it('reads what was written last, after the end of the writer', async () => {
    const file = join(folder, 'late');
    const long = `${'x'.repeat(3_000_000)}\n`;
    appendFileSync(file, `${long}end\n`);
    const lines: string[] = [];
    for await (const line of followLines(file, Promise.resolve())) lines.push(line);
    expect(lines.map((line) => line.length)).to.deep.equal([3_000_000, 3]);
  });
});
