import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftOvers } from './left-overs.js';

/**
 * A folder for the tests of one `describe`, there from its first hook on and removed after them. After each
 * test no process may be alive that has to do with it, but for those that `expected` names.
 */
export function temporaryFolder(expected: () => readonly number[] = () => []): string {
  const folder = join(tmpdir(), `streamtune-test-${randomUUID()}`);
  before(() => {
    mkdirSync(folder);
  });
  afterEach(() => {
    expect(leftOvers(folder, expected())).to.deep.equal([]);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
