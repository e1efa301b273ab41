import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { lintFindings } from '../../src/run/findings/lint-findings.js';
import { prepareRun } from '../../src/run/prepare-run.js';
import { projectPath } from '../../src/process/project-paths.js';
import { testHost } from '../helpers/test-host.js';

const read = (path: string) => readFileSync(projectPath(path), 'utf8');
const pages = [
  'README.md',
  ...readdirSync(projectPath('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

interface Sections {
  readonly version?: number;
  readonly executor?: string;
  readonly measurement?: object;
  readonly knobs?: object;
  readonly factors?: object;
}

/**
 * A block as the reader would use it: an experiment as it stands, a part of one put into a copy of the experiment of its
 * page about scripts, or else of quick.yaml, where a knob that it varies is no longer constant; on the page about clusters,
 * without a live driver, as its first block says. Undefined for a block that is only a comment, and for a workflow of a CI system.
 */
function completed(block: string, page: string): string | undefined {
  const part = parse(block) as Sections | null;
  if (part === null || 'jobs' in part) return undefined;
  if (part.version !== undefined) return block;
  const base = page === ownJob ? firstBlock('yaml') : read('experiments/quick.yaml');
  const whole = parse(base) as Required<Sections>;
  const knobs = Object.entries({ ...whole.knobs, ...part.knobs }).filter(
    ([key]) => !(key in (part.factors ?? {})),
  );
  const { executor, measurement } =
    page === clusters ? (parse(firstBlock('yaml', clusters)) as Required<Sections>) : whole;
  return stringify({ ...whole, executor, measurement, ...part, knobs: Object.fromEntries(knobs) });
}

const ownJob = 'docs/own-job.md';
const clusters = 'docs/clusters.md';

/** The first block in a language of a page. */
function firstBlock(language: string, page = ownJob): string {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(read(page))?.[1] ?? '';
}

describe('the experiments in the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-docs-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  before(() => {
    writeFileSync(join(folder, 'my_job.py'), firstBlock('python'));
    mkdirSync(join(folder, 'target'));
    mkdirSync(join(folder, 'tls'));
    for (const name of ['target/my-job.jar', 'target/statistics.jar', 'tls/ca.pem']) {
      writeFileSync(join(folder, name), '');
    }
    writeFileSync(join(folder, 'my-records.ndjson'), '{"a": 1}\n'.repeat(100_000));
  });
  const { host } = testHost();
  const lint = async (text: string) => {
    const file = join(folder, 'x.yaml');
    writeFileSync(file, text);
    return await lintFindings(file, { host });
  };

  const blocks = pages.flatMap((page) =>
    [...read(page).matchAll(/^```ya?ml\n(.*?)^```$/gms)].map((match, index) => ({
      name: `${page}, block ${String(index + 1)}`,
      text: completed(match[1]!, page),
    })),
  );

  it('are found', () => {
    expect(blocks.filter(({ text }) => text !== undefined).length).to.be.greaterThan(3);
  });

  for (const { name, text } of blocks) {
    if (text === undefined) continue;
    it(`can run as they are written: ${name}`, async () => {
      const wrong = (await lint(text)).filter(
        ({ severity, rule }) => severity === 'error' || rule === 'batches-at-risk',
      );
      expect(wrong).to.deep.equal([]);
    });
  }

  const shipped = readdirSync(projectPath('experiments')).filter((name) => name.endsWith('.yaml'));
  for (const name of shipped) {
    it(`count on slow and on fast machines: experiments/${name}`, async () => {
      const { findings, forecast } = await prepareRun(projectPath(`experiments/${name}`), { host });
      const rules = findings.map(({ rule }) => rule);
      expect(rules).not.to.include.members(['few-batches']);
      expect(rules).not.to.include.members(['batches-at-risk']);
      expect(rules).not.to.include.members(['time-limit']);
      for (const { trials, countedBatches } of forecast.configurations) {
        if (trials > 0) expect(countedBatches.low).to.be.greaterThan(9);
      }
    });
  }
});

describe('the times in the documents', () => {
  const { host } = testHost();
  const minutes = async (name: string) => {
    const { forecast } = await prepareRun(projectPath(`experiments/${name}`), { host });
    return forecast.totalSeconds / 60;
  };

  it('are those of the forecasts', async () => {
    const names = readdirSync(projectPath('experiments'));
    const crimes = names.filter((name) => name.startsWith('sf-crime-'));
    const each = await Promise.all(crimes.map(minutes));
    const range = `${String(Math.round(Math.min(...each)))} to ${String(Math.round(Math.max(...each)))} minutes each`;
    const night = `about ${String(Math.round((await minutes('overnight.yaml')) / 60))} hours`;
    expect(Math.round(await minutes('quick.yaml'))).to.equal(4);
    expect(read('README.md')).to.contain(`(${range})`).and.to.contain(`(${night})`);
    expect(read('README.md')).to.contain('shuffle partitions? (4 minutes)');
    expect(read('docs/tutorial.md')).to.contain(range).and.to.contain(night);
    expect(read('docs/tutorial.md').replaceAll('\n', ' ')).to.contain('about four minutes');
    expect(read('experiments/quick.yaml')).to.contain('Four minutes on two cores');
  });
});
