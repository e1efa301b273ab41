import { expect } from 'chai';
import { submissionParts } from '../../../../src/execution/session/submission-parts.js';
import { launcherFiles } from '../../../../src/spark/submit/launcher.js';

const [launcher = ''] = launcherFiles();

describe('a submission that a live driver takes', () => {
  it("gives the driver the script's modules and environment, and its trials their arguments", () => {
    const parts = submissionParts({
      application: ['--py-files', 'a.py,b.zip', launcher, '/my/job.py', '--rate', '5'],
      files: [],
      env: { STAGE: 'test', STREAMTUNE_SCRIPT: 'given.json', STREAMTUNE_QUERY: undefined },
    });
    expect(parts).to.deep.equal({
      options: ['--py-files', 'a.py,b.zip'],
      job: '/my/job.py',
      args: ['--rate', '5'],
      env: { STAGE: 'test' },
    });
  });

  it('has nothing but its file for the shipped job', () => {
    const parts = submissionParts({
      application: [launcher, '/trial/data_stream.py'],
      files: [],
      env: {},
    });
    expect(parts).to.deep.equal({ options: [], job: '/trial/data_stream.py', args: [], env: {} });
  });
});
