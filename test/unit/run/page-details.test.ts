import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { progressLine } from '../../../src/execution/simulated/progress-line.js';
import { readDetails } from '../../../src/run/ending/read-details.js';
import { renderHtml } from '../../../src/report/html/report-page.js';
import { steadyBatches } from '../../helpers/progress.js';
import { runRecord } from '../../helpers/run-record.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const text = `version: 1
name: details
knobs: { spark.driver.memory: 1g, source.maxOffsetsPerTrigger: 500 }
factors: { spark.sql.shuffle.partitions: [200, 10] }
design: { blocks: 2 }
measurement: { warmup: 1s }
`;

describe('what the page shows of the trials’ folders', () => {
  const folder = temporaryFolder();
  const model = analyseRun(runRecord(text, ({ block }) => 300 + block));

  it('is the files, the settings, and the course of a typical trial', async () => {
    for (const { trial } of model.run.trials) {
      const own = join(folder, 'trials', trial.id);
      mkdirSync(own, { recursive: true });
      const settings = { 'spark.driver.memory': '1g', 'spark.sql.shuffle.partitions': '10' };
      writeFileSync(join(own, 'request.json'), '{}');
      writeFileSync(join(own, 'effective-conf.json'), JSON.stringify({ settings }));
      const lines = steadyBatches(20, 1_000, 300).map(progressLine);
      writeFileSync(join(own, 'progress.ndjson'), `${lines.join('\n')}\n{"torn`);
    }
    const { files, settings, timeline } = await readDetails(folder, model);
    expect([...(files?.values() ?? [])].map((names) => names.length)).to.deep.equal(
      model.run.trials.map(() => 3),
    );
    const wordsOf = (id: string) => settings?.get(id)?.map(({ key, words }) => [key, ...words]);
    expect(wordsOf('c1')).to.deep.equal([
      ['spark.driver.memory', 'match'],
      ['spark.sql.shuffle.partitions', 'match'],
    ]);
    expect(wordsOf('baseline')?.[1]).to.deep.equal(['spark.sql.shuffle.partitions', 'differs']);
    expect(timeline?.points).to.have.length(20);
    expect(timeline?.points[5]?.processedRowsPerSecond).to.be.closeTo(3_333, 5);
    expect(timeline?.warmupSeconds).to.be.closeTo(2, 0.2);
  });

  it('is left out where the folders are gone or hold something else', async () => {
    const gone = await readDetails(join(folder, 'gone'), model);
    expect(gone.timeline).to.equal(undefined);
    expect(renderHtml(model, gone)).not.to.contain('its files');
    const broken = join(folder, 'broken');
    for (const { trial } of model.run.trials) {
      mkdirSync(join(broken, 'trials', trial.id), { recursive: true });
      writeFileSync(join(broken, 'trials', trial.id, 'request.json'), '');
      writeFileSync(join(broken, 'trials', trial.id, 'progress.ndjson'), '\0\0');
    }
    const { settings, timeline } = await readDetails(broken, model);
    expect(timeline).to.equal(undefined);
    expect(settings?.get('c1')?.map(({ words }) => words)).to.deep.equal([
      ['not captured'],
      ['not captured'],
    ]);
  });
});
