import { expect } from 'chai';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { projectPath } from '../../src/process/project-paths.js';

/**
 * Compares a text with the one in `test/golden/`. Where they differ, the new one is left beside it with the
 * ending `.got`: look at the difference, and rename the file if it is what should be.
 */
export function expectGolden(name: string, text: string): void {
  const file = projectPath(`test/golden/${name}`);
  const wanted = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text === wanted) rmSync(`${file}.got`, { force: true });
  else writeFileSync(`${file}.got`, text);
  expect(text).to.equal(wanted);
}
