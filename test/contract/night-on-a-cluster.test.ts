import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { coresFor } from '../../src/cluster/start-cluster.js';
import { bytesOf } from '../../src/knobs/value-problem.js';
import { projectPath } from '../../src/process/project-paths.js';
import { copiedFrom, shellWords } from '../helpers/documented-commands.js';
import { fakeMaster } from '../helpers/fake-master.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const night = 'experiments/overnight.yaml';

describe('the night on a cluster that docs/clusters.md shows', () => {
  const folder = temporaryFolder();

  it('has room for every configuration on the cluster that the page starts before it', async () => {
    await using fake = await fakeMaster({ workers: documentedWorkers() });
    const file = join(folder, 'night.yaml');
    const text = readFileSync(projectPath(night), 'utf8');
    writeFileSync(file, `${text}spark: { masterUi: "${fake.page}" }\n`);
    const { host, written } = testHost({ STREAMTUNE_CACHE: join(folder, 'cache') });
    const code = await runCommandLine(['plan', file, '--master', fake.master, '--json'], host);
    const { findings, clusters } = JSON.parse(written.out) as {
      readonly findings: readonly { readonly severity: string; readonly what: string }[];
      readonly clusters: readonly { readonly problems: unknown; readonly shortages: unknown }[];
    };
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ what }) => what)).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(clusters.map(({ problems, shortages }) => [problems, shortages])).to.deep.equal([
      [[], []],
    ]);
  });
});

/** The workers of the last `cluster up` on the page before it plans the night, as their master shows them. */
function documentedWorkers() {
  const commands = copiedFrom('docs/clusters.md').map(({ text }) => text);
  const planned = commands.findIndex((text) => text.includes(` plan ${night}`));
  const { words } = shellWords(
    commands.slice(0, planned).findLast((text) => text.includes(' cluster up')) ?? '',
  );
  const option = (name: string, usual: string) =>
    words.includes(name) ? String(words[words.indexOf(name) + 1]) : usual;
  const workers = Number(option('--workers', '2'));
  const cores = Number(option('--cores', String(coresFor(workers))));
  const memory = (bytesOf(option('--memory', '2g')) ?? NaN) / 2 ** 20;
  const one = { host: '127.0.0.1', state: 'ALIVE', cores, coresfree: cores };
  return Array.from({ length: workers }, () => ({ ...one, memory, memoryfree: memory }));
}
