import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { jobOf } from '../../../src/jobs/job-of.js';
import { plaintextEndpoint } from '../../../src/model/kafka-endpoint.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.js';
import { keptBytes } from '../../../src/store/kept-output.js';
import { runRecord } from '../../helpers/run-record.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const yaml = (keep: string) =>
  `version: 1\nname: kept\njob: { keep: ${keep} }\nknobs: { job.sink: parquet }\ndesign: { blocks: 1 }\n`;

describe('job.keep', () => {
  const folder = temporaryFolder();

  /** Where the rendered job of an experiment writes to. */
  async function outputOf(keep: string): Promise<string> {
    const { experiment, plan } = runRecord(yaml(keep), () => undefined);
    const directory = join(folder, keep);
    mkdirSync(directory);
    const file = (name: string) => join(directory, name);
    const files = {
      directory,
      scratch: file('scratch'),
      progress: file('progress.ndjson'),
      effectiveConf: file('effective-conf.json'),
    };
    const endpoint = plaintextEndpoint('localhost:9092');
    const input = { endpoint, topic: 'calls', records: 10, outputTopic: 'counts' };
    await jobOf(experiment).prepare(trialsOf(plan)[0]!, files, input);
    const source = readFileSync(file('data_stream.py'), 'utf8');
    return /^OUTPUT = \(?\s*"(.*)"/m.exec(source)?.[1] ?? '';
  }

  it('lets the files of a sink outlive the trial, and only when asked', async () => {
    expect(await outputOf('output')).to.equal(join(folder, 'output', 'output'));
    expect(await outputOf('nothing')).to.equal(join(folder, 'nothing', 'scratch', 'output'));
  });

  it('tells in the report where the output is, and how large', async () => {
    const run = join(folder, 'run');
    expect(await keptBytes(run)).to.equal(0);
    for (const trial of ['b1-t1-baseline', 'b1-t2-aa']) {
      mkdirSync(join(run, 'trials', trial, 'output', 'part'), { recursive: true });
      writeFileSync(join(run, 'trials', trial, 'output', 'part', 'one'), 'x'.repeat(600_000));
      writeFileSync(join(run, 'trials', trial, 'stdout.log'), 'not output');
    }
    expect(await keptBytes(run)).to.equal(1_200_000);
    const model = analyseRun(runRecord(yaml('output'), () => 100));
    expect(renderMarkdown(model, { keptBytes: 1_200_000 }))
      .to.contain('`output/`, 1.2 MB in all')
      .and.not.to.contain('outputs are deleted');
    expect(renderMarkdown(model)).to.contain('outputs are deleted');
  });
});
