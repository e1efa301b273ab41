import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...documents('docs')];

function documents(folder: string): string[] {
  return readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

describe('the documents', () => {
  it('have reference pages that say what the schema and the error catalogue say', () => {
    const script = projectPath('scripts/write-docs.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
      encoding: 'utf8',
    });
    expect(status, stderr).to.equal(0);
  });

  it('link only to files that exist', () => {
    const broken = pages.flatMap((page) => {
      const text = readFileSync(projectPath(page), 'utf8');
      return [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
        .map((match) => join(dirname(page), match[1]!))
        .filter((target) => !existsSync(projectPath(target)))
        .map((target) => `${page}: ${target}`);
    });
    expect(broken).to.deep.equal([]);
  });

  it('keep the README within 350 lines', () => {
    expect(readFileSync(projectPath('README.md'), 'utf8').split('\n').length).to.be.lessThan(351);
  });
});
