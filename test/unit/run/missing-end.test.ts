import { expect } from 'chai';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../../../src/model/run/journal-event.js';
import { simulatedBackend } from '../../../src/run/backends/simulated-backend.js';
import { prepareRun } from '../../../src/run/prepare-run.js';
import { resumeRun } from '../../../src/run/resume-run.js';
import { startRun } from '../../../src/run/start-run.js';
import { readJournal } from '../../../src/store/journal.js';
import { expectError } from '../../helpers/expect-error.js';
import { observerOf } from '../../helpers/observer-of.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const factors = 'factors: { spark.sql.shuffle.partitions: [32, 4] }\n';
const experiment = `version: 1
name: ended
data: { records: 90000 }
knobs: { source.maxOffsetsPerTrigger: 4500 }
design: { blocks: 2 }
measurement: { warmup: 1s }
`;
const reports = ['trials.csv', 'summary.json', 'report.md', 'answers.md'];

describe('a run of which only the end is missing', () => {
  const root = temporaryFolder();
  const observer = observerOf(() => undefined);
  /** On this host, no real run could begin. */
  const bare = () => testHost({ PATH: '', HOME: root, STREAMTUNE_CACHE: join(root, 'cache') }).host;

  /** A run that says of itself that it was a real one, although its trials were simulated. */
  async function seeminglyReal(world: string, more = factors): Promise<string> {
    const [file, model] = [join(root, 'ended.yaml'), join(root, 'world.yaml')];
    writeFileSync(file, experiment + more);
    writeFileSync(model, world);
    const { host } = testHost();
    const prepared = await prepareRun(file, { host });
    const backend = await simulatedBackend(prepared, model, host);
    const { simulation: _simulation, ...real } = backend.identity;
    const resultsRoot = join(root, 'results');
    rmSync(resultsRoot, { recursive: true, force: true });
    const run = startRun(prepared, { ...backend, identity: real }, { host, observer, resultsRoot });
    await run.catch(() => undefined); // where its baseline fails
    return join(resultsRoot, readdirSync(resultsRoot)[0]!);
  }

  /** The folder as a kill leaves it before this step of the journal. */
  function brokenOff(whole: string, before: JournalEvent['kind']): string {
    const run = join(root, 'broken');
    rmSync(run, { recursive: true, force: true });
    cpSync(whole, run, { recursive: true });
    for (const name of reports) rmSync(join(run, name));
    const file = join(run, 'journal.ndjson');
    const lines = readFileSync(file, 'utf8').split('\n');
    const end = lines.findLastIndex((line) => line.includes(`"kind":"${before}"`));
    writeFileSync(file, `${lines.slice(0, end).join('\n')}\n`);
    return run;
  }

  const resume = (run: string) => resumeRun(run, { host: bare(), observer, force: false });
  const kindsOf = async (run: string) => (await readJournal(run)).map(({ event }) => event);
  const csvOf = (run: string) => readFileSync(join(run, 'trials.csv'), 'utf8');

  it('is ended and reported, and neither Kafka nor Spark is needed for that', async () => {
    const whole = await seeminglyReal('version: 1\n');
    const run = brokenOff(whole, 'run-ended');
    const { model } = await resume(run);
    expect(model.run.state).to.equal('complete');
    expect((await kindsOf(run)).slice(-2)).to.deep.equal([
      { kind: 'run-resumed', differences: [] },
      { kind: 'run-ended', why: 'complete' },
    ]);
    for (const name of reports) expect(existsSync(join(run, name)), name).to.equal(true);
    expect(csvOf(run)).to.equal(csvOf(whole));
    expect(existsSync(join(root, 'cache'))).to.equal(false);
    expect(readdirSync(run)).not.to.include('run.lock');
    expect((await resume(run)).nothingLeft).to.equal(true);
  });

  it('ends as it would have ended where its baseline had failed for good', async () => {
    const faults = ['baseline', 'aa'].map((id) => `{ kind: hang, configuration: ${id}, block: 2 }`);
    const whole = await seeminglyReal(`version: 1\nfaults: [${faults.join(', ')}]\n`, '');
    const [last] = (await kindsOf(whole)).slice(-1);
    const run = brokenOff(whole, 'run-ended');
    if (last?.kind === 'run-ended' && last.why === 'baseline-failed') {
      await expectError(resume(run), 'BASELINE_BROKEN');
    } else
      throw new Error(`the world is to make the baseline fail at the end: ${last?.kind ?? ''}`);
    expect((await kindsOf(run)).at(-1)).to.deep.equal(last);
  });

  it('goes on where a trial is missing, which here needs what is not there', async () => {
    const run = brokenOff(await seeminglyReal('version: 1\n'), 'trial-started');
    const error = await resume(run).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.an('error');
    expect((await kindsOf(run)).at(-1)?.kind).not.to.equal('run-ended');
  });
});
