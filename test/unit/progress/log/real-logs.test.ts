import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ImportedLog } from '../../../../src/model/log/imported-log.js';
import { projectPath } from '../../../../src/process/project-paths.js';
import { importLogs } from '../../../../src/run/logs/import-log.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const logs = projectPath('test/fixtures/logs');

async function imported(...paths: readonly string[]): Promise<ImportedLog> {
  return await importLogs(paths, { signal: new AbortController().signal, follow: false });
}

/** Batches of each query, what was skipped, and how the files were packed. */
async function facts(...paths: readonly string[]) {
  const { files, queries } = await imported(...paths);
  return {
    batches: queries.map(({ measurement }) => measurement.counts.batches),
    skipped: files.flatMap(({ skipped }) => skipped.map(({ reason }) => reason)),
    packings: files.map(({ packings }) => packings.join(' ')),
    kind: files[0]?.kind,
  };
}

describe('the logs of a real Spark 4.2.0', () => {
  const folder = temporaryFolder();
  const whole = (kind: string, packing: string, ...batches: readonly number[]) => ({
    batches: [...batches],
    skipped: [],
    packings: [packing],
    kind,
  });

  for (const [name, expected] of [
    ['app.zstd', whole('event-log', 'zstd', 6)],
    ['app.lz4', whole('event-log', 'lz4', 6)],
    ['app.snappy', whole('event-log', 'snappy', 6)],
    ['app.zstd.inprogress', whole('event-log', 'zstd', 5)],
    ['plain.gz', whole('event-log', 'gzip', 3)],
    ['pattern.log', whole('driver-log', '', 3)],
    ['structured.log', whole('structured-log', '', 3)],
  ] as const) {
    it(`are read to the last batch: ${name}`, async () => {
      expect(await facts(join(logs, name))).to.deep.equal(expected);
    });
  }

  it('are read part by part where the log rolls over', async () => {
    expect(await facts(join(logs, 'eventlog_v2_app'))).to.deep.equal({
      batches: [9],
      skipped: [],
      packings: ['zstd', 'zstd'],
      kind: 'event-log',
    });
  });

  it('hold the queries of a driver log apart', async () => {
    const { queries } = await imported(join(logs, 'driver.log'));
    expect(queries.map(({ measurement }) => measurement.counts.batches).sort()).to.deep.equal([
      11, 3,
    ]);
    expect(queries.map(({ name }) => name)).to.have.members(['counts', null]);
  });

  it('give the figures that Spark itself reports', async () => {
    const { queries } = await imported(join(logs, 'app.zstd'));
    expect(queries).to.have.length(1);
    expect(queries[0]).to.include({ name: 'counts' });
    expect(queries[0]?.end).to.deep.equal({ exception: null });
    expect(queries[0]?.state?.store).to.equal('heap');
    expect(queries[0]?.measurement).to.include({ inputRows: 6_000, shufflePartitions: 1 });
    expect(queries[0]?.watermark?.lagMs).to.be.within(5_000, 15_000);
  });

  it('are read as far as they go, wherever they are cut', async () => {
    for (const name of ['app.zstd', 'app.lz4', 'app.snappy', 'plain.gz']) {
      const bytes = readFileSync(join(logs, name));
      const cut = join(folder, name);
      writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length * 0.8)));
      const { batches, skipped } = await facts(cut);
      expect(batches[0], name).to.be.within(1, 5);
      expect(skipped, name).to.include('packed-torn');
    }
  });

  it('are recognised by their content, gzipped again under another name', async () => {
    const odd = join(folder, 'picture.png');
    writeFileSync(odd, gzipSync(readFileSync(join(logs, 'app.lz4'))));
    expect(await facts(odd)).to.deep.equal(whole('event-log', 'gzip lz4', 6));
  });
});
