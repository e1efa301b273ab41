import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';

interface Lane {
  readonly spec: readonly string[];
  readonly ignore?: readonly string[];
}

/** Two lanes of about the same length run at the same time; together they must run everything, once. */
describe('the lanes of `npm test`', () => {
  const filesOf = (name: string): string[] => {
    const { spec, ignore = [] } = JSON.parse(readFileSync(projectPath(name), 'utf8')) as Lane;
    const found = (patterns: readonly string[]) => patterns.flatMap((pattern) => matching(pattern));
    const left = found(ignore);
    expect(left, `${name} leaves out what is there`).to.have.lengthOf(ignore.length);
    return found(spec).filter((file) => !left.includes(file));
  };

  for (const [stage, folders, lanes] of [
    ['end-to-end', ['e2e'], ['.mocharc.spark.json', '.mocharc.broker.json']],
    ['other', ['unit', 'contract', 'hostile'], ['.mocharc.unit.json', '.mocharc.contract.json']],
  ] as const) {
    it(`run each ${stage} test once`, () => {
      const expected = folders.flatMap((one) => matching(`dist/test/${one}/**/*.test.js`));
      expect(expected.length).to.be.greaterThan(10);
      expect(lanes.flatMap(filesOf).sort()).to.deep.equal(expected.sort());
    });
  }
});

/** The files of a pattern: all tests below a folder, or one file. */
function matching(pattern: string): string[] {
  const [folder = '', rest] = pattern.split('/**/');
  if (rest === undefined) return existsSync(projectPath(pattern)) ? [pattern] : [];
  return readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join(folder, name));
}
