import { expect } from 'chai';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../../../src/model/run/journal-event.js';
import { openJournal, readJournal } from '../../../src/store/journal.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const begun: JournalEvent = { kind: 'run-started', manifest: 'a'.repeat(64) };
const started: JournalEvent = { kind: 'trial-started', trial: 'b1-t1-baseline' };
const now = () => Date.parse('2026-01-31T20:00:00.000Z');

describe('the journal', () => {
  const root = temporaryFolder();
  let folders = 0;

  async function written(events: readonly JournalEvent[]) {
    folders += 1;
    const folder = join(root, String(folders));
    mkdirSync(folder);
    await using journal = await openJournal(folder, now);
    for (const event of events) await journal.append(event);
    return { folder, file: join(folder, 'journal.ndjson') };
  }

  it('gives back every event in its order, one line each', async () => {
    const events: JournalEvent[] = [begun, started, { kind: 'run-ended', why: 'complete' }];
    const { folder, file } = await written(events);
    const entries = await readJournal(folder);
    expect(entries.map(({ event }) => event)).to.deep.equal(events);
    expect(entries.map(({ number }) => number)).to.deep.equal([1, 2, 3]);
    expect(entries[0]?.at).to.equal('2026-01-31T20:00:00.000Z');
    expect(readFileSync(file, 'utf8').split('\n')).to.have.length(4);
  });

  it('keeps the order of what is appended at the same time', async () => {
    const { folder } = await written([]);
    {
      await using journal = await openJournal(folder, now);
      const trials = Array.from({ length: 50 }, (_, index) => `b1-t${String(index)}-c1`);
      await Promise.all(trials.map((trial) => journal.append({ kind: 'trial-started', trial })));
    }
    const entries = await readJournal(folder);
    expect(
      entries.map(({ event }) => (event.kind === 'trial-started' ? event.trial : '')),
    ).to.deep.equal(Array.from({ length: 50 }, (_, index) => `b1-t${String(index)}-c1`));
  });

  it('is empty where there is none', async () => {
    expect(await readJournal(root)).to.deep.equal([]);
  });

  it('leaves a torn last line out, wherever it is torn, and goes on after it', async () => {
    const { folder, file } = await written([begun, started]);
    const whole = readFileSync(file, 'utf8');
    const first = whole.indexOf('\n') + 1;
    for (let length = first; length < whole.length - 1; length += 7) {
      writeFileSync(file, whole.slice(0, length));
      expect(await readJournal(folder)).to.have.length(1);
    }
    {
      await using journal = await openJournal(folder, now);
      await journal.append(started);
    }
    expect((await readJournal(folder)).map(({ event }) => event)).to.deep.equal([begun, started]);
  });

  it('takes a last line whose bytes never came for a torn one', async () => {
    const { folder, file } = await written([begun]);
    appendFileSync(file, `${'\0'.repeat(80)}\n`);
    expect(await readJournal(folder)).to.have.length(1);
  });

  it('refuses anything wrong before the last line, with its number', async () => {
    const { folder, file } = await written([begun, started, started]);
    const lines = readFileSync(file, 'utf8').split('\n');
    const another = await written([{ ...begun, manifest: 'b'.repeat(64) }, started]);
    const other = readFileSync(another.file, 'utf8').split('\n')[1]!;
    const broken: readonly (readonly [string, readonly string[]])[] = [
      ['a changed byte', [lines[0]!, lines[1]!.replace('baseline', 'baselime'), lines[2]!, '']],
      ['a line too few', [lines[0]!, lines[2]!, lines[2]!, '']],
      ['a line too few before the last one', [lines[0]!, lines[2]!, '']],
      ['a line that is there twice', [lines[0]!, lines[0]!, lines[1]!, lines[2]!, '']],
      ['lines in another order', [lines[0]!, lines[2]!, lines[1]!, '']],
      ['a line of another journal', [lines[0]!, other, lines[2]!, '']],
      ['an empty line', [lines[0]!, '', lines[2]!, '']],
      ['another language', [lines[0]!, 'hello', lines[2]!, '']],
    ];
    for (const [what, content] of broken) {
      writeFileSync(file, content.join('\n'));
      const { message } = await expectError(readJournal(folder), 'JOURNAL_CORRUPT');
      expect(message, what).to.contain('journal.ndjson:2:');
    }
  });

  it('refuses a last line that is whole but wrong, since it cannot be torn', async () => {
    const { folder, file } = await written([begun, started, started]);
    const lines = readFileSync(file, 'utf8').split('\n');
    const broken: readonly (readonly [string, number, readonly string[]])[] = [
      ['the last line is there twice', 4, [lines[0]!, lines[1]!, lines[2]!, lines[2]!, '']],
      ['the line before it is not there', 2, [lines[0]!, lines[2]!, '']],
      ['the first line is not there', 1, [lines[1]!, '']],
      ['a changed byte', 3, [lines[0]!, lines[1]!, lines[2]!.replace('baseline', 'baselime'), '']],
    ];
    for (const [what, number, content] of broken) {
      writeFileSync(file, content.join('\n'));
      const { message } = await expectError(readJournal(folder), 'JOURNAL_CORRUPT');
      expect(message, what).to.contain(`journal.ndjson:${String(number)}:`);
      await expectError(openJournal(folder, now), 'JOURNAL_CORRUPT');
    }
  });
});
