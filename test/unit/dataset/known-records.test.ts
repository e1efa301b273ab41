import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';

describe('what the generated records hold', () => {
  it('is known in dataset/ only, and in the job that is shipped with them', () => {
    const root = projectPath('src');
    const knowing = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('dataset'))
      .filter((name) =>
        /police|crime_|call_date|disposition/i.test(readFileSync(join(root, name), 'utf8')),
      );
    expect(knowing).to.deep.equal([]);
  });
});
