import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetId } from '../../../src/dataset/dataset-id.js';
import { expectError } from '../../helpers/expect-error.js';

describe('datasetId', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-id-'));
  const path = join(folder, 'calls.ndjson');
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the same for the same bytes, and another for others', async () => {
    const generated = { kind: 'generated', records: 10, seed: 1 } as const;
    writeFileSync(path, '{}\n');
    const first = await datasetId({ kind: 'file', path });
    const ids = [
      first,
      await datasetId(generated),
      await datasetId({ ...generated, seed: 2 }),
      await datasetId({ ...generated, records: 11 }),
      await datasetId({ kind: 'file', path, records: 1 }),
    ];
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{12}$/);
    expect(await datasetId(generated)).to.equal(ids[1]);
    expect(await datasetId({ kind: 'file', path })).to.equal(first);
    writeFileSync(path, '{"changed":1}\n');
    expect(await datasetId({ kind: 'file', path })).not.to.equal(first);
  });

  it('says which file cannot be read', async () => {
    const missing = join(folder, 'missing.ndjson');
    const error = await expectError(datasetId({ kind: 'file', path: missing }), 'DATA_UNREADABLE');
    expect(error.message).to.contain(missing);
  });
});
