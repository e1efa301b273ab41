import { expect } from 'chai';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun } from '../../../src/run/stored/read-run.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { createRunFolder } from '../../../src/store/run-folder.js';
import { readOpening, writeOpening } from '../../../src/store/run-opening.js';
import { readEvidence, sealEvidence } from '../../../src/store/trial-evidence.js';
import {
  createTrialFolder,
  readOutcome,
  trialFolder,
  writeOutcome,
} from '../../../src/store/trial-folder.js';
import { expectError } from '../../helpers/expect-error.js';
import { runRecord } from '../../helpers/run-record.js';

describe('the run folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'streamtune-store-'));
  after(() => {
    rmSync(root, { recursive: true });
  });
  const run = runRecord('version: 1\nname: stored\ndesign: { blocks: 2 }\n', () => undefined);
  const open = async () => {
    const folder = await createRunFolder(root, 'stored', Date.UTC(2026, 0, 31, 20));
    const { manifest, experiment, plan } = run;
    await writeOpening(folder, { manifest, experiment, plan, text: 'as written\n' });
    return folder;
  };

  it('has the time and the name, is for its owner only, and never one that exists', async () => {
    const folder = await open();
    expect(folder).to.equal(join(root, '2026-01-31T20-00-00-stored'));
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    expect(await open()).to.equal(`${folder}-2`);
    expect(readFileSync(join(folder, 'experiment.yaml'), 'utf8')).to.equal('as written\n');
    expect(await readOpening(folder)).to.deep.equal({
      manifest: run.manifest,
      experiment: run.experiment,
      plan: run.plan,
      text: 'as written\n',
    });
  });

  it('gives back every trial that has ended, and none that has not', async () => {
    const folder = await open();
    const [first, second] = trialsOf(run.plan);
    await createTrialFolder(folder, first!);
    const directory = trialFolder(folder, first!);
    writeFileSync(join(directory, 'progress.ndjson'), '{"at":1,"event":"idle"}\n{"torn');
    expect(readOutcome(folder, first!)).to.equal(undefined);
    const evidence = await sealEvidence(folder, first!);
    const outcome = { kind: 'canceled' } as const;
    const end = { outcome, wallMs: 5, machine: null, offered: null, evidence };
    await writeOutcome(folder, first!, { ...end, endedAt: '2026-01-31T20:00:05.000Z' });
    expect(readOutcome(folder, first!)).to.deep.include(end);
    expect(readEvidence({ runFolder: folder, trial: first! }, evidence).batches()).to.deep.equal({
      events: [{ kind: 'idle', at: 1 }],
      canary: [],
    });
    expect(readOutcome(folder, second!)).to.equal(undefined);
    expect((await readRun(folder)).trials.map((record) => record.trial.id)).to.deep.equal([
      first!.id,
    ]);
    expect(readdirSync(directory).sort()).to.deep.equal(['outcome.json', 'progress.ndjson']);
  });

  it('is told apart from any other folder', async () => {
    const error = await expectError(readOpening(root), 'RUN_FOLDER_INVALID');
    expect(error.message).to.contain(root);
    const folder = await open();
    writeFileSync(join(folder, 'manifest.json'), '{"formatVersion":9}');
    expect((await expectError(readOpening(folder), 'RUN_FOLDER_INVALID')).message).to.contain(
      'its layout is 9, not 4',
    );
  });
});
