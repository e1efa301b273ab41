import { expect } from 'chai';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LogFile } from '../../../../src/model/log/log-file.js';
import { findLog } from '../../../../src/progress/log/find-logs.js';
import { logOrder } from '../../../../src/progress/log/log-order.js';
import { readLog } from '../../../../src/progress/log/read-log.js';
import { projectPath } from '../../../../src/process/project-paths.js';
import { expectError } from '../../../helpers/expect-error.js';
import { eventLine, recordedProgress } from '../../../helpers/log-text.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { zipOf } from '../../../helpers/zip.js';

const recorded = recordedProgress();
const line = (batch: number) => `${eventLine({ ...recorded[batch % 6], batchId: batch })}\n`;

describe('readLog', () => {
  const folder = temporaryFolder();

  /** Reads a log; with `onBatch`, follows it until that says to stop. */
  async function read(path: string, onBatch?: (id: number) => 'stop' | undefined) {
    const files: LogFile[] = [];
    const ids: number[] = [];
    const stop = new AbortController();
    const follow = onBatch !== undefined;
    const options = { follow, signal: stop.signal, onFile: (file: LogFile) => files.push(file) };
    for await (const event of readLog(await findLog(path), options)) {
      if (event.kind !== 'progress') continue;
      ids.push(event.progress.batchId);
      if (onBatch?.(event.progress.batchId) === 'stop') stop.abort();
    }
    return { ids, files };
  }

  function made(name: string, files: Readonly<Record<string, string | Buffer>>): string {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [file, content] of Object.entries(files)) {
      writeFileSync(join(folder, name, file), content);
    }
    return join(folder, name);
  }

  it('reads the parts of a rolling event log by their number, after the last compaction', async () => {
    const path = made('eventlog_v2_app-1', {
      appstatus_app: '',
      'events_10_app-1': line(10),
      'events_9_app-1': line(9),
      'events_2_app-1.compact': line(2),
      'events_2_app-1': line(99),
      'events_1_app-1': line(98),
      'events_11_app-1.gz': gzipSync(line(11)),
    });
    const { ids, files } = await read(path);
    expect(ids).to.deep.equal([2, 9, 10, 11]);
    expect(files.map(({ packings }) => packings)).to.deep.equal([[], [], [], ['gzip']]);
  });

  it('reads the parts in a zip, as the history server hands them out, in their order', async () => {
    const path = join(made('zips', {}), 'app.zip');
    const zstd = readFileSync(join(projectPath('test/fixtures/logs'), 'app.zstd'));
    const folder = 'eventlog_v2_app/';
    zipOf(path, {
      [`${folder}events_10_app`]: line(10),
      [`${folder}events_9_app.gz`]: gzipSync(line(9)),
      [`${folder}appstatus_app`]: '',
      [`${folder}events_1_app.zstd`]: zstd,
    });
    const { ids, files } = await read(path);
    expect(ids).to.deep.equal([0, 1, 2, 3, 4, 5, 9, 10]);
    expect(files.map(({ packings }) => packings.join(' '))).to.deep.equal([
      'zip zstd',
      'zip gzip',
      'zip',
    ]);
    expect(files[0]?.path).to.equal(`${path}: ${folder}events_1_app.zstd`);
  });

  it('reads a damaged zip as far as it goes', async () => {
    const whole = join(made('damaged', {}), 'whole.zip');
    zipOf(whole, { app: Array.from({ length: 300 }, (_, at) => line(at)).join('') });
    const bytes = readFileSync(whole);
    const cut = join(folder, 'damaged', 'cut.zip');
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    const { ids, files } = await read(cut);
    expect(ids).to.deep.equal([]);
    expect(files[0]?.skipped.map(({ reason }) => reason)).to.deep.equal(['packed-damaged']);
    const broken = join(folder, 'damaged', 'broken.zip');
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0, middle, middle + 200);
    writeFileSync(broken, bytes);
    const second = await read(broken);
    expect(second.files[0]?.skipped.map(({ reason }) => reason)).to.include('packed-damaged');
  });

  it('finds the only log of a folder, and names those of a folder with several', async () => {
    const only = made('only', { 'app-1.inprogress': line(1), '.app-1.crc': 'x', _SUCCESS: '' });
    expect((await read(only)).ids).to.deep.equal([1]);
    const several = made('several', { 'app-1': line(1), 'app-2.zstd': line(2) });
    const { message } = await expectError(read(several), 'LOG_AMBIGUOUS');
    expect(message).to.contain(join(several, 'app-1')).and.contain(join(several, 'app-2.zstd'));
    await expectError(read(made('bare', {})), 'LOG_UNREADABLE');
    const missing = await expectError(read(join(folder, 'nothing')), 'LOG_UNREADABLE');
    expect(missing.message).to.contain('there is no such file');
    await expectError(read('/dev/zero'), 'LOG_UNREADABLE');
  });

  it('says of each file how far it was read', async () => {
    const bytes = gzipSync(Array.from({ length: 300 }, (_, at) => line(at)).join(''));
    const path = join(made('cut', { 'app.gz': bytes.subarray(0, bytes.length / 2) }), 'app.gz');
    const { ids, files } = await read(path);
    expect(ids.length).to.be.greaterThan(50);
    expect(files).to.have.length(1);
    expect(files[0]).to.deep.include({ path, kind: 'event-log', batches: ids.length });
    expect(files[0]?.skipped.map(({ reason }) => reason)).to.include('packed-torn');
  });

  it('follows a log as it grows, through a rename and a torn line, and after it was emptied', async () => {
    const path = join(made('grows', { app: line(0) + line(1).slice(0, 50) }), 'app');
    const { ids } = await read(path, (id) => {
      if (id === 0) {
        renameSync(path, `${path}-done`);
        appendFileSync(`${path}-done`, line(1).slice(50));
      }
      if (id === 1) {
        truncateSync(`${path}-done`);
        appendFileSync(`${path}-done`, line(2));
      }
      return id === 2 ? 'stop' : undefined;
    });
    expect(ids).to.deep.equal([0, 1, 2]);
  });

  it('follows a rolling log into its next part', async () => {
    const path = made('eventlog_v2_rolls', { events_1_app: line(0) });
    const { ids, files } = await read(path, (id) => {
      if (id === 0) {
        appendFileSync(join(path, 'events_1_app'), line(1));
        writeFileSync(join(path, 'events_2_app'), line(2));
      }
      return id === 2 ? 'stop' : undefined;
    });
    expect(ids).to.deep.equal([0, 1, 2]);
    expect(files).to.have.length(2);
  });
});

describe('logOrder', () => {
  it('keeps folders apart, and leaves out marks and checksums', () => {
    expect(
      logOrder(['b/events_2_x.zstd', 'a/events_10_x', 'a/events_9_x', 'a/appstatus_x', 'a/.e.crc']),
    ).to.deep.equal(['a/events_9_x', 'a/events_10_x', 'b/events_2_x.zstd']);
  });
});
