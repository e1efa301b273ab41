import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireSharedState } from '../../../../src/execution/cluster/shared-state.js';
import type { TrialEvidence } from '../../../../src/model/trial/executor.js';
import type { ProgressEvent } from '../../../../src/model/trial/progress-event.js';
import { expectError } from '../../../helpers/expect-error.js';
import { progress } from '../../../helpers/progress.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe('the state of a trial in the folder that executors share with the driver', () => {
  const top = temporaryFolder();
  const shared = join(top, 'part');
  const executors = { gained: [{ id: '0', host: 'worker-1' }], lost: [] };
  const ended = { kind: 'ended' } as const;
  const batch = (store?: 'heap'): ProgressEvent => ({
    ...{ kind: 'progress', at: 0 },
    progress: {
      ...progress({ batchId: 1, startedAt: 0, rows: 5, ms: 5 }),
      stateOperators: [
        {
          operatorName: 'save',
          numShufflePartitions: 2,
          ...(store === undefined ? {} : { store }),
        },
      ],
    },
  });
  /** What a driver has written, and of which partitions executors have. */
  const written = (checkpoint: string, partitions: readonly number[]) => {
    rmSync(shared, { recursive: true, force: true });
    for (const name of ['offsets', 'state/0/_metadata', 'state/0/0/_metadata']) {
      mkdirSync(join(shared, checkpoint, name), { recursive: true });
    }
    for (const one of partitions) {
      const folder = join(shared, checkpoint, 'state', '0', String(one));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, '1.delta'), '');
    }
  };
  const check = (
    events: readonly ProgressEvent[],
    end: TrialEvidence['end'] = ended,
    at = shared,
  ) => requireSharedState({ shared: at }, { end, events, executors });

  for (const [what, checkpoint] of [
    ['one query', 'checkpoint'],
    ['a named query', 'checkpoint/counts'],
  ] as const) {
    it(`has to be there once a batch of ${what} has ended`, async () => {
      written(checkpoint, [0, 1]);
      await check([batch('heap')]);
      written(checkpoint, [1]);
      await check([], ended);
      await check([batch()], ended);
      await check([batch('heap')], { kind: 'canceled' });
      const error = await expectError(check([batch('heap')]), 'SHARED_FOLDER_UNUSABLE');
      expect(error.message).to.contain(
        'of 2 partitions of the state this machine sees no file of 1',
      );
      expect(error.message).to.contain('(on worker-1)');
      expect(error.hint).to.contain('Mount one folder').and.to.contain('streamtune resume');
    });
  }

  it('cannot be written by an executor, which Spark tells in the midst of much else', async () => {
    const at =
      'org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 1.0 failed 4 times, most recent failure: Lost task 1.3 in stage 1.0 (TID 6) (10.0.0.7 executor 0): ';
    const failed: TrialEvidence['end'] = {
      kind: 'failed',
      failureClass: 'task-failure',
      stderrTail: [],
      cause: { kind: 'message', text: 'a task failed' },
    };
    const told = (why: string): ProgressEvent[] => [
      { kind: 'terminated', at: 0, exception: `${at}${why}\n\tat org.apache.hadoop.fs.X` },
    ];
    const local = `java.io.IOException: mkdir of file:${shared}/checkpoint/state/0/1 failed`;
    const error = await expectError(check(told(local), failed), 'SHARED_FOLDER_UNUSABLE');
    expect(error.message).to.equal(
      `The executors cannot use ${shared}, a trial's part of spark.sharedFolder: the executor on 10.0.0.7 cannot write there: ${local}.`,
    );
    expect(error.hint).to.contain('Let the user whom the workers run as write there');
    const inHdfs =
      'org.apache.hadoop.security.AccessControlException: Permission denied: user=spark, access=WRITE, inode="/shared":me:me:drwxr-xr-x';
    const part = 'hdfs://h:9000/shared/part';
    const there = check(told(inHdfs), failed, part);
    expect((await expectError(there, 'SHARED_FOLDER_UNUSABLE')).message).to.contain(inHdfs);
    await check(told('java.io.IOException: mkdir of file:/own/place failed'), failed);
    await check(told(local), { kind: 'ended' });
    await check(told('java.lang.ArithmeticException: / by zero'), failed);
  });

  it('is not looked for where there is none, or no disk to look at', async () => {
    rmSync(shared, { recursive: true, force: true });
    await check([batch('heap')]);
    await check([batch('heap')], ended, 'hdfs://host/part');
    await requireSharedState({}, { end: ended, events: [batch('heap')] });
  });
});
