import { expect } from 'chai';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';

interface GoldenOptions {
  readonly folder?: string;
  readonly update?: boolean;
}

/**
 * Compares a text with the one in `test/golden/`. Where they differ, the new one is left beside it with the
 * ending `.got`. Look at the difference; if the new one is what should be, `UPDATE_GOLDEN=1 npm run test:unit`
 * writes it over the old one, and the test passes.
 */
export function expectGolden(name: string, text: string, options: GoldenOptions = {}): void {
  const { folder = projectPath('test/golden'), update = process.env['UPDATE_GOLDEN'] === '1' } =
    options;
  const file = join(folder, name);
  const got = `${file}.got`;
  const wanted = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === wanted || update) {
    rmSync(got, { force: true });
    if (text !== wanted) writeFileSync(file, text);
    return;
  }
  writeFileSync(got, text);
  expect(text, `${file}: the new text is in ${name}.got; UPDATE_GOLDEN=1 takes it over`).to.equal(
    wanted,
  );
}
