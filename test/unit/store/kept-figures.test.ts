import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import type { Measurement } from '../../../src/model/trial/measurement.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { parseProgressText } from '../../../src/progress/listener-file.js';
import { readRun } from '../../../src/run/stored/read-run.js';
import {
  figuresVersion,
  keepFigures,
  readFigures,
  type MeasuredFrom,
} from '../../../src/store/kept-figures.js';
import { runRecord } from '../../helpers/run-record.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const recordings = projectPath('test/fixtures/progress');

/** What each recording of a real Spark measures. */
function measuredRecordings(): (Measurement | null)[] {
  return readdirSync(recordings)
    .sort()
    .map((name) => {
      const events = parseProgressText(readFileSync(join(recordings, name), 'utf8'));
      return measureEvidence({ events, canary: [], offered: null }, {}, { warmupSeconds: 1 });
    });
}

describe('the kept figures of a run', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'figures.ndjson');
  const [trial] = trialsOf(runRecord('version: 1\nname: kept\n', () => undefined).plan);
  const from: MeasuredFrom = {
    trial: trial!,
    sealed: { evidence: { 'progress.ndjson': 'aa', 'canary.ndjson': 'bb' }, offered: null },
    spec: { warmupSeconds: 1 },
  };
  beforeEach(() => {
    rmSync(file, { force: true });
  });

  it('are given back as they were, also that there are none', async () => {
    const measured = measuredRecordings();
    expect(measured).to.have.length.greaterThan(2);
    for (const [index, measurement] of [...measured, null].entries()) {
      const own = { ...from, spec: { warmupSeconds: index } };
      expect(readFigures(folder).of(own)).to.equal(undefined);
      await keepFigures(folder, own, measurement);
      expect(readFigures(folder).of(own)).to.deep.equal(measurement);
    }
  });

  it('are those of exactly these files, knobs and settings, whatever their order', async () => {
    const [measurement = null] = measuredRecordings();
    await keepFigures(folder, from, measurement);
    const evidence = { 'canary.ndjson': 'bb', 'progress.ndjson': 'aa' };
    const same = { ...from, sealed: { evidence, offered: null } };
    expect(readFigures(folder).of(same)).to.deep.equal(measurement);
    const { configuration } = from.trial;
    const others: MeasuredFrom[] = [
      { ...from, sealed: { evidence: { ...evidence, 'progress.ndjson': 'ab' }, offered: null } },
      { ...from, sealed: { evidence: { 'progress.ndjson': 'aa' }, offered: null } },
      { ...from, spec: { warmupSeconds: 2 } },
      { ...from, spec: { warmupSeconds: 1, query: 'counts' } },
      {
        ...from,
        trial: {
          ...from.trial,
          configuration: { ...configuration, knobs: { 'trigger.processingTime': '1 second' } },
        },
      },
    ];
    for (const other of others) expect(readFigures(folder).of(other)).to.equal(undefined);
  });

  it('are passed over where a line is damaged, and do without their file', async () => {
    await keepFigures(folder, from, null);
    const whole = readFileSync(file, 'utf8');
    for (const text of [
      whole.replace('"measurement":null', '"measurement":none'),
      whole.slice(0, -5),
      whole.slice(1),
      '',
      '\n00000000 \n',
    ]) {
      writeFileSync(file, text);
      expect(readFigures(folder).of(from), text).to.equal(undefined);
    }
    appendFileSync(file, `\n${whole}`);
    expect(readFigures(folder).of(from)).to.equal(null);
    const nowhere = join(folder, 'nowhere');
    await keepFigures(nowhere, from, null);
    expect(readFigures(nowhere).of(from)).to.equal(undefined);
  });

  it('stand in for measuring, and without them a run reads the same', async () => {
    const run = await simulatedRun(folder);
    const kept = join(run, 'figures.ndjson');
    const read = await readRun(run);
    const lines = readFileSync(kept, 'utf8').trimEnd().split('\n');
    expect(lines).to.have.length(read.trials.length);
    // Other figures with a right checksum show that they are taken.
    const altered = lines.map((line) => {
      const body = line.slice(9).replace(/"rowsPerSecond":[\d.]+/, '"rowsPerSecond":42');
      return `${crc32(body).toString(16).padStart(8, '0')} ${body}\n`;
    });
    writeFileSync(kept, altered.join(''));
    const taken = (await readRun(run)).trials.map((one) => one.measurement?.rowsPerSecond);
    expect(new Set(taken)).to.deep.equal(new Set([42]));
    rmSync(kept);
    expect(await readRun(run)).to.deep.equal(read);
  });

  it('have a version that changes with what is measured', () => {
    const digest = createHash('sha256').update(JSON.stringify(measuredRecordings())).digest('hex');
    expect(
      [figuresVersion, digest.slice(0, 16)],
      'trials are measured in another way: raise figuresVersion, so that kept figures are not taken for these',
    ).to.deep.equal([3, 'e53ce7e3886db977']);
  });
});
