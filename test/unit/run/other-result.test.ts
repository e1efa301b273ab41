import { expect } from 'chai';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const experiment = `version: 1
name: other-result
data: { records: 90000 }
knobs: { source.maxOffsetsPerTrigger: 4500 }
factors: { spark.a: [1, 2, 3] }
design: { blocks: 2, seed: 3 }
measurement: { warmup: 1s }
`;
const world = `version: 1
effects: [{ knobs: { spark.a: 3 }, gain: 80% }]
faults: [{ kind: other-result, configuration: c2 }]
`;

describe('a simulated run with a planted other result', () => {
  const folder = temporaryFolder();

  it('calls that configuration ineligible, fast as it is, and says which rows differ', async () => {
    const [file, model, results] = ['e.yaml', 'w.yaml', 'results'].map((name) =>
      join(folder, name),
    );
    writeFileSync(file ?? '', experiment);
    writeFileSync(model ?? '', world);
    const { host, written } = testHost();
    await runCommandLine(
      ['run', file ?? '', '--simulate', model ?? '', '--results', results ?? ''],
      host,
    );
    const run = join(results ?? '', readdirSync(results ?? '')[0] ?? '');
    const report = readFileSync(join(run, 'report.md'), 'utf8');
    expect(report).to.contain("Result: **differs** from the baseline's in 2 of 2 trials.");
    expect(report).to.contain('**same result** as the baseline in 2 trials, 3 rows.');
    expect(report).to.match(/noise.*is .*102.*with the baseline .*101/);
    const page = readFileSync(join(run, 'report.html'), 'utf8').replaceAll(/\s+/g, ' ');
    expect(page).to.match(
      /Result: <strong>differs<.strong> from the baseline.*s in 2 of 2 trials\./,
    );
    expect(page).to.contain('<strong>same result</strong> as the baseline in 2 trials, 3 rows.');
    expect(page).to.match(/Result: .*c2 differs from the baseline/);
    const summary = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as {
      configurations: { id: string; result: object | null; throughput: { kind: string } | null }[];
    };
    const of = (id: string) => summary.configurations.find((one) => one.id === id);
    expect(of('c2')?.throughput?.kind).to.equal('ineligible');
    expect(of('c2')?.result).to.deep.include({ kind: 'differs', trials: 2, of: 2 });
    expect(of('c1')?.result).to.deep.equal({ kind: 'same', trials: 2, rows: 3 });
    expect(of('baseline')?.result).to.equal(null);
    expect(written.out).to.contain('c2 differs from the baseline');
  });
});
