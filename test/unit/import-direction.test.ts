import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';

/** Rooms from the outside in; a room imports only rooms further in. */
const layers: readonly (readonly string[])[] = [
  ['main'],
  ['cli'],
  ['serve'],
  ['run'],
  ['search', 'execution'],
  ['analysis', 'cluster', 'jobs', 'design', 'toolchain', 'kafka', 'dataset', 'store', 'report'],
  ['config', 'spark', 'measure', 'progress', 'stats'],
  ['knobs'],
  ['machine'],
  ['process'],
  ['model'],
];

/** Which room owns which library. */
const owners: Readonly<Record<string, string>> = {
  '@hono/node-server': 'serve',
  '@observablehq/plot': 'report',
  '@stdlib/stats-base-dists-t-cdf': 'stats',
  '@stdlib/stats-base-dists-t-quantile': 'stats',
  ajv: 'config',
  'ajv-formats': 'config',
  'cli-table3': 'report',
  eta: 'jobs',
  execa: 'process',
  'fastest-levenshtein': 'knobs',
  fzstd: 'progress',
  hono: 'serve',
  kafkajs: 'kafka',
  linkedom: 'report',
  'stream-json': 'dataset',
  'string-width': 'report',
  yaml: 'config',
  yargs: 'cli',
  yauzl: 'progress',
};

const source = projectPath('src');
const roomOf = (file: string) => relative(source, file).split('/')[0]!.replace(/\.ts$/, '');
const layerOf = (room: string) => layers.findIndex((rooms) => rooms.includes(room));

interface Import {
  readonly file: string;
  readonly target: string;
}

function allImports(): Import[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(source, name));
  return files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /^(?:import|export)\b[^;]*?from '([^']+)';|\bimport\('([^']+)'\)/gms,
      ),
    ].map((match) => ({ file, target: match[1] ?? match[2]! })),
  );
}

describe('imports', () => {
  const imports = allImports();

  it('are found at all', () => {
    expect(imports.length).to.be.greaterThan(50);
  });

  it('point one way, from main to model', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .filter(({ file, target }) => {
        const from = roomOf(file);
        const to = roomOf(join(dirname(file), target.replace(/\.js$/, '.ts')));
        return from !== to && !(layerOf(to) > layerOf(from));
      });
    expect(wrong).to.deep.equal([]);
  });

  it('go in rooms that the layers know', () => {
    expect(
      imports.map(({ file }) => roomOf(file)).filter((room) => layerOf(room) < 0),
    ).to.deep.equal([]);
  });

  it('take each library in one room only', () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'))
      .filter(({ file, target }) => {
        const name = target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/');
        return owners[name] !== roomOf(file);
      });
    expect(wrong).to.deep.equal([]);
  });

  it('never go in a circle, types included', () => {
    const targets = new Map<string, string[]>();
    for (const { file, target } of imports.filter((one) => one.target.startsWith('.'))) {
      const to = join(dirname(file), target.replace(/\.js$/, '.ts'));
      targets.set(file, [...(targets.get(file) ?? []), to]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) {
        const circle = [...path.slice(path.indexOf(file)), file];
        circles.push(circle.map((one) => relative(source, one)).join(' > '));
      }
      if (done.has(file) || path.includes(file)) return;
      for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of targets.keys()) visit(file, []);
    expect(targets.size).to.be.greaterThan(200);
    expect(circles).to.deep.equal([]);
  });
});

/** Folders that hold more, and why. */
const larger: Readonly<Record<string, string>> = {
  model: 'types that every folder shares, one topic each',
};

describe('a folder', () => {
  it('holds at most fifteen files, as nobody finds anything in a larger one', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
    const counts = new Map<string, number>();
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    }
    const crowded = [...counts].filter(([folder, count]) => count > 15 && !(folder in larger));
    expect(counts.size).to.be.greaterThan(15);
    expect(crowded).to.deep.equal([]);
  });
});
