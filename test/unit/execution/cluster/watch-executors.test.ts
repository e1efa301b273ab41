import { expect } from 'chai';
import { lossProblem, watchExecutors } from '../../../../src/execution/cluster/watch-executors.js';
import { steadyBatches } from '../../../helpers/progress.js';
import { heldTimers } from '../../../helpers/held-timers.js';

/** As Spark 4.2.0 wrote them. */
const said = {
  waits:
    '11:06:43 WARN TaskSchedulerImpl: Initial job has not accepted any resources; check your cluster UI to ensure that workers are registered and have sufficient resources',
  granted: (id: number) =>
    `11:08:38 INFO StandaloneSchedulerBackend: Granted executor ID app-20261126110838-0000/${String(id)} on hostPort 127.0.0.1:38111 with 2 core(s), 512.0 MiB RAM`,
  gained: (id: number) =>
    `11:08:41 INFO StandaloneSchedulerBackend$StandaloneDriverEndpoint: Registered executor NettyRpcEndpointRef(spark-client://Executor) (127.0.0.1:56238) with ID ${String(id)},  ResourceProfileId 0`,
  lost: (id: number) =>
    `11:08:51 ERROR TaskSchedulerImpl: Lost executor ${String(id)} on 127.0.0.1: worker lost: Not receiving heartbeat for 60 seconds`,
};

/** As Spark 4.2.0 wrote them on YARN. */
const yarnSaid = {
  state: (state: string) =>
    `14:41:06 INFO Client: Application report for application_1795703229159_0001 (state: ${state})`,
  queued: [
    '14:41:06 INFO Client: ',
    '\t client token: N/A',
    '\t diagnostics: N/A',
    '\t ApplicationMaster host: N/A',
    '\t ApplicationMaster RPC port: -1',
    '\t queue: root.full',
  ],
  lost: '14:41:51 ERROR YarnScheduler: Lost executor 1 on vm: Container from a bad node',
};

describe('the watch for executors', () => {
  it('ends a trial that gets none, and says so', () => {
    using timers = heldTimers();
    using watch = watchExecutors();
    watch.onLine('11:06:43 WARN Other: a line');
    timers.advance(100_000);
    expect([watch.signal.aborted, watch.end(), watch.seen()]).to.deep.equal([
      ...[false, undefined, undefined],
    ]);
    watch.onLine(said.waits);
    watch.onLine(said.waits);
    timers.advance(60_000);
    expect(watch.signal.aborted).to.equal(true);
    expect(watch.end()).to.deep.include({ failureClass: 'no-executors', infrastructure: true });
  });

  it('waits no longer once there is one', () => {
    using timers = heldTimers();
    using watch = watchExecutors();
    watch.onLine(said.waits);
    timers.advance(50_000);
    watch.onLine(said.gained(0));
    timers.advance(100_000);
    expect([watch.signal.aborted, watch.end()]).to.deep.equal([false, undefined]);
    expect(watch.seen()).to.deep.equal({ gained: [{ id: '0', host: '127.0.0.1' }], lost: [] });
  });

  it('takes the executors of a cluster of its own for ended, not lost, as their driver ends', () => {
    const end = said.lost(0).replace(/worker lost.*/, 'Command exited with code 143');
    for (const [ownCluster, lost] of [
      [true, 0],
      [false, 1],
    ] as const) {
      using watch = watchExecutors({ ownCluster });
      watch.onLine(said.gained(0));
      watch.onLine(end);
      watch.onLine(said.granted(1));
      expect(watch.seen()?.lost, String(ownCluster)).to.have.length(lost);
      expect(watch.seen()?.gained).to.have.length(1);
    }
    using watch = watchExecutors({ ownCluster: true });
    watch.onLine(said.gained(0));
    watch.onLine(said.lost(0));
    expect(watch.seen()?.lost).to.have.length(1);
  });

  it('ends a trial that has lost all of its executors, unless one comes in their place', () => {
    using timers = heldTimers();
    using watch = watchExecutors();
    watch.onLine(said.gained(0));
    watch.onLine(said.gained(1));
    watch.onLine(said.lost(0));
    timers.advance(100_000);
    expect(watch.signal.aborted).to.equal(false);
    watch.onLine(said.lost(1));
    timers.advance(50_000);
    watch.onLine(said.gained(2));
    timers.advance(100_000);
    expect(watch.signal.aborted).to.equal(false);
    watch.onLine(said.lost(2));
    timers.advance(60_000);
    expect(watch.signal.aborted).to.equal(true);
    expect(watch.end()).to.deep.include({
      failureClass: 'executors-lost',
      cause: {
        kind: 'executors-gone',
        lost: 3,
        host: '127.0.0.1',
        why: 'worker lost: Not receiving heartbeat for 60 seconds',
      },
    });
  });

  it('knows the cores of an executor that a standalone master has granted', () => {
    using watch = watchExecutors();
    watch.onLine(said.granted(0));
    watch.onLine(said.granted(1));
    expect(watch.seen(), 'it may never register').to.equal(undefined);
    watch.onLine(said.gained(0));
    expect(watch.seen()?.gained).to.deep.equal([{ id: '0', host: '127.0.0.1', cores: 2 }]);
  });

  it('knows which executors came when batches had ended', () => {
    using watch = watchExecutors();
    watch.onLine(said.gained(0));
    const [progress] = steadyBatches(1, 100, 1_000);
    for (let batch = 0; batch < 4; batch += 1) {
      watch.onEvent({ kind: 'progress', at: 0, progress: progress! });
    }
    watch.onLine(said.gained(1));
    expect(watch.seen()?.gained).to.deep.equal([
      { id: '0', host: '127.0.0.1' },
      { id: '1', host: '127.0.0.1', afterBatches: 4 },
    ]);
  });

  it('tells a later trial of the same driver what it found, and what has happened since', () => {
    using watch = watchExecutors();
    const [progress] = steadyBatches(1, 100, 1_000);
    const batch = () => {
      watch.onEvent({ kind: 'progress', at: 0, progress: progress! });
    };
    expect(watch.seenFromNow()()).to.equal(undefined);
    for (const id of [0, 1]) watch.onLine(said.gained(id));
    watch.onLine(said.lost(0));
    batch();
    watch.onLine(said.gained(2));
    const seen = watch.seenFromNow();
    const found = ['1', '2'].map((id) => ({ id, host: '127.0.0.1' }));
    expect(seen()).to.deep.equal({ gained: found, lost: [] });
    for (let batches = 0; batches < 4; batches += 1) batch();
    watch.onLine(said.gained(3));
    watch.onLine(said.lost(1));
    expect(seen()?.gained).to.deep.equal([
      ...found,
      { id: '3', host: '127.0.0.1', afterBatches: 4 },
    ]);
    expect(seen()?.lost.map(({ id }) => id)).to.deep.equal(['1']);
  });

  it('ends a trial that YARN keeps in a queue, and says in which', () => {
    using timers = heldTimers();
    using watch = watchExecutors();
    for (const line of [yarnSaid.state('ACCEPTED'), ...yarnSaid.queued]) watch.onLine(line);
    timers.advance(110_000);
    watch.onLine(yarnSaid.state('ACCEPTED'));
    expect(watch.signal.aborted).to.equal(false);
    timers.advance(10_000);
    expect(watch.signal.aborted).to.equal(true);
    const end = watch.end();
    expect(end).to.deep.include({ failureClass: 'no-executors', infrastructure: true });
    expect(end).to.have.nested.property('cause.queue', 'root.full');
  });

  it('waits anew for executors once YARN has begun with the application', () => {
    using timers = heldTimers();
    using watch = watchExecutors();
    watch.onLine(yarnSaid.state('ACCEPTED'));
    timers.advance(110_000);
    watch.onLine(yarnSaid.state('RUNNING'));
    timers.advance(50_000);
    expect(watch.end()).to.equal(undefined);
    watch.onLine(said.waits.replace('TaskSchedulerImpl', 'YarnScheduler'));
    timers.advance(50_000);
    expect(watch.signal.aborted).to.equal(false);
    timers.advance(10_000);
    expect(watch.signal.aborted).to.equal(true);
    expect(watch.end()).not.to.have.nested.property('cause.queue');
  });

  it('hears of a lost executor from the scheduler of YARN, too', () => {
    using watch = watchExecutors();
    watch.onLine(said.gained(1));
    watch.onLine(yarnSaid.lost);
    expect(watch.seen()?.lost).to.deep.equal([
      { id: '1', host: 'vm', why: 'Container from a bad node' },
    ]);
  });

  it('finds a trial that lost an executor not comparable', () => {
    using watch = watchExecutors();
    watch.onLine(said.gained(0));
    expect(lossProblem(watch.seen())).to.equal(undefined);
    watch.onLine(said.lost(0));
    expect(lossProblem(watch.seen())).to.deep.include({ kind: 'executors-lost', lost: 1 });
  });
});
