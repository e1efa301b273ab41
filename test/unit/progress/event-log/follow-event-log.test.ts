import { expect } from 'chai';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { followEventLog } from '../../../../src/progress/event-log/follow-event-log.js';
import { projectPath } from '../../../../src/process/project-paths.js';
import { eventLine, recordedProgress } from '../../../helpers/log-text.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const logs = projectPath('test/fixtures/logs');
const recorded = recordedProgress();
const line = (batch: number) => `${eventLine({ ...recorded[batch % 6], batchId: batch })}\n`;
const batchOf = (text: string) => Number(/"batchId":(\d+)/.exec(text)?.[1] ?? -1);

async function all(folder: string, done: Promise<unknown> = Promise.resolve()): Promise<string[]> {
  const lines: string[] = [];
  for await (const one of followEventLog(folder, done)) lines.push(one);
  return lines;
}

describe('an event log in the folder of a trial', () => {
  const folder = temporaryFolder();
  const made = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };

  it('tells the same in each of its forms, as a real Spark wrote them', async () => {
    const counts: Record<string, readonly number[]> = {};
    for (const name of ['app.zstd', 'app.lz4', 'app.snappy', 'app.zstd.inprogress', 'plain.gz']) {
      const own = made(name);
      copyFileSync(join(logs, name), join(own, name));
      const lines = await all(own);
      const of = (event: string) => lines.filter((one) => one.includes(event)).length;
      counts[name] = ['EnvironmentUpdate', 'QueryStartedEvent', 'QueryProgressEvent'].map(of);
    }
    expect(counts).to.deep.equal({
      'app.zstd': [1, 1, 6],
      'app.lz4': [1, 1, 6],
      'app.snappy': [1, 1, 6],
      'app.zstd.inprogress': [1, 1, 5],
      'plain.gz': [1, 1, 3],
    });
    const rolling = made('rolling');
    cpSync(join(logs, 'eventlog_v2_app'), join(rolling, 'eventlog_v2_app'), { recursive: true });
    const batches = (await all(rolling)).map(batchOf).filter((id) => id >= 0);
    expect(batches).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('is followed while it is written, flush by flush, whatever the codec', async () => {
    for (const name of ['app.zstd', 'app.lz4', 'app.snappy']) {
      const own = made(`grows-${name}`);
      const bytes = readFileSync(join(logs, name));
      const path = join(own, `${name}.inprogress`);
      writeFileSync(path, bytes.subarray(0, bytes.length / 2));
      let finish: () => void = () => undefined;
      const done = new Promise<void>((resolve) => (finish = resolve));
      const seen: string[] = [];
      for await (const text of followEventLog(own, done)) {
        seen.push(text);
        if (seen.length > 1) continue;
        renameSync(path, join(own, name));
        appendFileSync(join(own, name), bytes.subarray(bytes.length / 2));
        finish();
      }
      expect(
        seen.filter((one) => one.includes('QueryProgressEvent')),
        name,
      ).to.have.length(6);
    }
  });

  it('is waited for, and goes on in its next part', async () => {
    const own = made('late');
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const log = join(own, 'eventlog_v2_app');
    setImmediate(() => {
      mkdirSync(log);
      writeFileSync(join(log, 'appstatus_app.inprogress'), '');
      writeFileSync(join(log, 'events_1_app'), line(0) + line(1));
    });
    const seen: number[] = [];
    for await (const text of followEventLog(own, done)) {
      seen.push(batchOf(text));
      if (seen.length === 2) writeFileSync(join(log, 'events_2_app'), line(2) + line(3));
      if (seen.length === 4) finish();
    }
    expect(seen).to.deep.equal([0, 1, 2, 3]);
  });

  it('may never come, or end in the middle of a line', async () => {
    expect(await all(join(folder, 'nowhere'))).to.deep.equal([]);
    const torn = made('torn');
    writeFileSync(join(torn, 'app.inprogress'), line(0) + line(1).slice(0, 80));
    expect((await all(torn)).map(batchOf)).to.deep.equal([0]);
  });
});
