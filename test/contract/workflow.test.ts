import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { projectPath } from '../../src/process/project-paths.js';

interface Workflow {
  readonly jobs: {
    readonly test: {
      readonly 'timeout-minutes': number;
      readonly strategy: { readonly matrix: { readonly os: string[]; readonly node: number[] } };
      readonly steps: readonly {
        readonly uses?: string;
        readonly run?: string;
        readonly with?: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

const read = (name: string) => readFileSync(projectPath(name), 'utf8');

describe('the workflow on GitHub', () => {
  const { test } = (parse(read('.github/workflows/test.yml')) as Workflow).jobs;
  const { node, os } = test.strategy.matrix;
  const pack = JSON.parse(read('package.json')) as {
    engines: { node: string };
    scripts: Record<string, string>;
  };

  it('calls the two commands, as a person does', () => {
    const commands = test.steps.map(({ run }) => run).filter((run) => run?.startsWith('npm'));
    expect(commands).to.deep.equal(['npm start', 'npm test']);
    expect(pack.scripts).to.include.keys('start', 'test');
  });

  it('does so with each Node that the package names, on Linux and macOS', () => {
    const majors = [...pack.engines.node.matchAll(/(?:\^|>=)(\d+)/g)].map(([, one]) => Number(one));
    expect(majors).to.have.length.greaterThan(1);
    expect(node).to.deep.equal(majors);
    expect(os).to.deep.equal(['ubuntu-latest', 'macos-latest']);
    const setUp = test.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(setUp?.with).to.include({ 'node-version': '${{ matrix.node }}' });
    expect(node).to.include(Number(read('.nvmrc')));
  });

  it('ends in a finite time, and keeps what it reports', () => {
    expect(test['timeout-minutes']).to.be.within(30, 240);
    const kept = test.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(kept?.with?.['path']).to.contain('results/*/report.md');
  });

  it('takes actions in a version only', () => {
    const used = test.steps.flatMap(({ uses }) => uses ?? []);
    expect(used).to.have.length.greaterThan(3);
    for (const action of used) expect(action).to.match(/^actions\/[\w-]+@v\d+$/);
  });
});
