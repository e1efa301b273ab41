import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cleanClone } from '../../helpers/clean-clone.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** Ends well, or with what it said. */
function run(file: string, args: readonly string[], cwd: string) {
  const { status, error, stdout, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8' });
  expect(status, `${file} ${args.join(' ')}: ${String(error)} ${stdout} ${stderr}`).to.equal(0);
  return { stdout, stderr };
}

function npm(args: readonly string[], cwd: string) {
  const script = process.env['npm_execpath'];
  return script === undefined
    ? run('npm', args, cwd)
    : run(process.execPath, [script, ...args], cwd);
}

describe('the package', function () {
  this.timeout(300_000); // the first time, the registry is asked for everything that streamtune needs
  const folder = temporaryFolder();
  const clone = join(folder, 'clone');
  const user = join(folder, 'user');
  const installed = join(user, 'node_modules', 'streamtune');
  const streamtune = (...args: readonly string[]) =>
    run(join(user, 'node_modules', '.bin', 'streamtune'), args, user);
  let tracked: string[];

  before(() => {
    tracked = cleanClone(clone);
    // What earlier builds and runs of Python leave in a folder that somebody works in.
    for (const name of ['dist/bundle/program/gone.js', 'spark-jobs/__pycache__/launcher.pyc']) {
      mkdirSync(dirname(join(clone, name)), { recursive: true });
      writeFileSync(join(clone, name), '');
    }
    npm(['pack', '--silent', '--pack-destination', folder], clone);
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    mkdirSync(user);
    const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--no-save'];
    npm(['install', ...quietly, join(folder, tarball!)], user);
  });

  const files = () =>
    readdirSync(installed, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(installed, name)).isFile())
      .sort();

  it('holds the program and what it reads, and nothing that was left lying about', () => {
    const built = files().filter((name) => name.startsWith('dist/'));
    expect(built).to.include.members(['dist/bundle/LICENSES.txt', 'dist/bundle/program/main.js']);
    const isPart = (name: string) => /^dist\/bundle\/program\/[\w-]+\.js$/.test(name);
    expect(built.filter((name) => !isPart(name))).to.deep.equal(['dist/bundle/LICENSES.txt']);
    expect(built).not.to.include('dist/bundle/program/gone.js');
    const shipped = /^(bin|schemas|experiments|spark-jobs|data|docs|knobs|pages)\/|^[A-Z]+(\.md)?$/;
    const others = ['package.json', 'docker-compose.yml'];
    const expected = [...built, ...others, ...tracked.filter((name) => shipped.test(name))];
    expect(files()).to.deep.equal(expected.sort());
    expect(expected).to.include.members(['LICENSE', 'README.md', 'SECURITY.md']);
  });

  it('needs no other package, and has the licences of those that it is made of', () => {
    const others = readdirSync(join(user, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(others).to.deep.equal(['streamtune']);
    const licences = readFileSync(join(installed, 'dist/bundle/LICENSES.txt'), 'utf8');
    expect(licences)
      .to.match(/^kafkajs [\d.]+ \(MIT\)$/m)
      .and.to.match(/^yargs [\d.]+ \(MIT\)$/m)
      .and.to.contain('Permission is hereby granted');
    expect(licences).not.to.contain('undefined');
  });

  it('has no document that links to a file it lacks', () => {
    const pages = files().filter((name) => name.endsWith('.md'));
    const links = pages.flatMap((page) =>
      [...readFileSync(join(installed, page), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(
        ([, target]) => join(dirname(page), target!),
      ),
    );
    expect(links).to.have.length.greaterThan(10);
    expect(links.filter((target) => !existsSync(join(installed, target)))).to.deep.equal([]);
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(streamtune('--version').stdout).to.equal(`${version}\n`);
  });

  it('knows its knobs', () => {
    const { stdout } = streamtune('knobs', 'spark.sql.shuffle.partitions');
    expect(stdout).to.match(/default +200/);
  });

  it('plays a whole run in the folder in which it is called', () => {
    const experiments = join('node_modules', 'streamtune', 'experiments');
    const world = join(experiments, 'simulated', 'lively-night.yaml');
    const { stdout } = streamtune('run', join(experiments, 'quick.yaml'), '--simulate', world);
    expect(stdout).to.contain('spark.sql.shuffle.partitions=4');
    const [name] = readdirSync(join(user, 'results'));
    const report = readFileSync(join(user, 'results', name!, 'report.md'), 'utf8');
    expect(report).to.contain('All 9 trials have ended');
  });
});
