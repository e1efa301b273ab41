import { expect } from 'chai';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { processPerTrial } from '../../../src/execution/process-per-trial.js';
import type { Executor, LaunchContext, TrialEvidence } from '../../../src/model/trial/executor.js';
import { HarnessError, messageOf } from '../../../src/model/harness-error.js';
import type { JournalEvent } from '../../../src/model/run/journal-event.js';
import type { RunEvent } from '../../../src/model/run/run-event.js';
import { isRetry, type Trial } from '../../../src/model/trial/plan.js';
import type { TrialTimes } from '../../../src/model/run/trial-times.js';
import type { Loop } from '../../../src/run/loop/loop.js';
import { runLoop } from '../../../src/run/loop/run-loop.js';
import { replay } from '../../../src/run/replay.js';
import { whyNotCounted } from '../../../src/report/words/outcome/outcome-text.js';
import { fixedBlocks } from '../../../src/search/fixed-blocks.js';
import { checkOutcome } from '../../../src/store/trial-folder.js';
import { expectError } from '../../helpers/expect-error.js';
import { observerOf } from '../../helpers/observer-of.js';
import { steadyBatches } from '../../helpers/progress.js';
import { runRecord } from '../../helpers/run-record.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const evidence: TrialEvidence = {
  end: { kind: 'ended' },
  wallMs: 1_000,
  effectiveConf: {},
  events: steadyBatches(30, 100, 1_000).map((progress) => ({ kind: 'progress', at: 0, progress })),
  canary: [],
  offered: null,
  problems: [],
};

const trialTimes: TrialTimes = {
  ...{ coldSeconds: 1, sessionSeconds: 1, driverStartSeconds: 1, burnInSeconds: 1 },
  sessionBlocks: [],
};

/** An executor whose launches take several trials. */
function launchOf(run: (trial: Trial, context: LaunchContext) => Promise<TrialEvidence>): Executor {
  return {
    open: (_launch, context) =>
      Promise.resolve({
        run: (trial) => run(trial, context),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
  };
}

describe('the loop of a run', () => {
  const folder = temporaryFolder();
  let runs = 0;

  /** A loop over two trials whose executor and journal are given; its journal ends up in `events`. */
  function loopWith(parts: {
    readonly executor?: Loop['backend']['executor'];
    /** More of the experiment. */
    readonly text?: string;
    readonly append?: (event: JournalEvent) => Promise<void>;
    /** Whether its trials have to be run at the same time. */
    readonly takesTurns?: true;
  }) {
    runs += 1;
    const path = join(folder, `run-${String(runs)}`);
    mkdirSync(join(path, 'trials'), { recursive: true });
    const events: JournalEvent[] = [];
    const text = 'version: 1\nname: loop\ndesign: { blocks: 1 }\nmeasurement: { warmup: 1s }\n';
    const experiment = text + (parts.text ?? '');
    const none = () => Promise.resolve();
    const loop: Loop = {
      record: { ...runRecord(experiment, () => undefined), state: 'running', blocks: [] },
      folder: {
        path,
        journal: {
          append: async (event) => {
            await parts.append?.(event);
            events.push(event);
          },
          [Symbol.asyncDispose]: none,
        },
        [Symbol.asyncDispose]: none,
      },
      backend: {
        executor: parts.executor ?? processPerTrial(() => Promise.resolve(evidence)),
        takesTurns: () => parts.takesTurns === true,
        now: () => 0,
        watch: () => Promise.resolve(() => Promise.resolve(null)),
        [Symbol.asyncDispose]: none,
      },
      strategy: fixedBlocks,
      observer: observerOf(() => undefined),
      report: none,
      limits: { signal: new AbortController().signal, deadline: {}, times: trialTimes },
    };
    return { loop, events, path };
  }

  it('journals each decision before its trials, and each trial before the next', async () => {
    const { loop, events } = loopWith({});
    expect(await runLoop(loop)).to.equal('complete');
    expect(events.map(({ kind }) => kind)).to.deep.equal([
      'block-decided',
      ...['trial-started', 'trial-ended', 'trial-started', 'trial-ended'],
    ]);
    const ids = loop.record.trials.map(({ trial }) => trial.id);
    const [decided] = events;
    expect(
      decided?.kind === 'block-decided' && decided.launches.flat().map(({ id }) => id),
    ).to.deep.equal(ids);
  });

  it('stores what the judge says: journal, outcome.json and record are one', async () => {
    const short = { ...evidence, events: evidence.events.slice(0, 5) };
    const { loop, events, path } = loopWith({
      executor: processPerTrial(() => Promise.resolve(short)),
    });
    expect(await runLoop(loop)).to.equal('baseline-failed');
    const [first] = loop.record.trials;
    expect(first?.outcome).to.deep.include({ kind: 'invalid', insufficient: true });
    const journaled = events.find(({ kind }) => kind === 'trial-ended');
    expect(journaled).to.deep.include({ outcome: first?.outcome });
    const file = join(path, 'trials', first!.trial.id, 'outcome.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.include({ outcome: first?.outcome });
  });

  it('can be read again, whatever is known of a trial', async () => {
    const executors = { gained: [{ id: '0', host: '127.0.0.1' }], lost: [] };
    const { loop, events, path } = loopWith({
      executor: processPerTrial(() => Promise.resolve({ ...evidence, executors })),
    });
    await runLoop(loop);
    const entries = events.map((event, index) => ({ number: index + 1, at: '', event }));
    const { ended } = replay(entries, loop.record.plan);
    expect([...ended.values()].map((one) => one.executors)).to.deep.equal([executors, executors]);
    for (const { trial } of loop.record.trials) {
      const journaled = ended.get(trial.id);
      expect(() => {
        checkOutcome(path, trial, journaled!);
      }).not.to.throw();
    }
  });

  it('ends a trial whose process cannot be journaled, at once and with the cause', async () => {
    const full = new HarnessError({ code: 'DISK_FULL', message: 'full', hint: 'free some' });
    let aborted = false;
    const { loop, path } = loopWith({
      append: ({ kind }) => (kind === 'process-started' ? Promise.reject(full) : Promise.resolve()),
      executor: processPerTrial(async (_trial, context) => {
        context.onProcess(pid);
        if (!context.signal.aborted) await once(context.signal, 'abort');
        aborted = true;
        return { ...evidence, end: { kind: 'canceled' } };
      }),
    });
    await expectError(runLoop(loop), 'DISK_FULL');
    expect(aborted, 'the trial was told to end').to.equal(true);
    expect(readdirSync(join(path, 'trials')), 'and no other began').to.have.length(1);
  });

  /** Executors of a core, each on a host of its own. */
  const on = (...hosts: readonly string[]) =>
    processPerTrial(() =>
      Promise.resolve({
        ...evidence,
        executors: {
          gained: hosts.map((host, index) => ({ id: String(index), host, cores: 1 })),
          lost: [],
        },
      }),
    );

  it('tries a trial once more that a smaller cluster ran', async () => {
    const { loop: whole } = loopWith({ executor: on('a', 'b') });
    await runLoop(whole);
    const [first] = whole.record.trials;
    const { loop, events } = loopWith({ executor: on('a') });
    loop.record = { ...whole.record, trials: [first!] };
    const told: RunEvent[] = [];
    const observed = { ...loop, observer: observerOf((event) => void told.push(event)) };
    expect(await runLoop(observed)).to.equal('complete');
    const ended = observed.record.trials.slice(1);
    expect(ended.map(({ outcome }) => whyNotCounted(outcome))).to.deep.equal(
      [1, 2].map(
        () =>
          `ran with 1 executor (1 core), but ${first!.trial.id}, which asks the cluster for the same, had 2 executors (2 cores); fewer or none on b`,
      ),
    );
    expect(ended.map(({ trial }) => isRetry(trial))).to.deep.equal([false, true]);
    const journaled = events.flatMap((event) =>
      event.kind === 'trial-ended' ? [event.outcome] : [],
    );
    expect(journaled).to.deep.equal(ended.map(({ outcome }) => outcome));
    expect(told.filter(({ kind }) => kind === 'trial-ended')).to.have.length(2);
  });

  it('goes on with the candidates of a run that ended as its baseline failed', async () => {
    const text = 'factors: { spark.sql.shuffle.partitions: [2, 3] }\n';
    const { loop: whole } = loopWith({ text });
    await runLoop(whole);
    const failed = whole.record.trials
      .filter(({ trial }) => trial.configuration.role !== 'candidate')
      .map((one) => ({ ...one, outcome: { kind: 'timed-out', limitSeconds: 1 } as const }));
    const { loop } = loopWith({ text });
    loop.record = { ...whole.record, trials: failed };
    expect(await runLoop(loop)).to.equal('complete');
    expect(loop.record.trials).to.have.length(3);
  });

  it('runs trials that take turns at the same time, each with its own end', async () => {
    let running = 0;
    let both: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (both = resolve));
    const { loop, events } = loopWith({
      ...{ text: 'executor: session\n', takesTurns: true },
      executor: launchOf(async () => {
        running += 1;
        if (running === 2) both();
        await started;
        return evidence;
      }),
    });
    const told: RunEvent[] = [];
    const observed = { ...loop, observer: observerOf((event) => void told.push(event)) };
    expect(await runLoop(observed)).to.equal('complete');
    expect(events.map(({ kind }) => kind)).to.deep.equal([
      ...['block-decided', 'trial-started', 'trial-started', 'trial-ended', 'trial-ended'],
    ]);
    const numbers = told.flatMap((one) =>
      one.kind === 'trial-started' ? [one.position.trialNumber] : [],
    );
    expect(numbers).to.deep.equal([1, 2]);
    const entries = events.slice(0, 4).map((event, at) => ({ number: at + 1, at: '', event }));
    const [, last] = events.flatMap((one) => (one.kind === 'trial-ended' ? [one.trial] : []));
    expect(replay(entries.slice(0, 3), loop.record.plan).running).to.have.lengthOf(2);
    expect(replay(entries, loop.record.plan).running).to.deep.equal([last]);
  });

  it('stops trials that take turns once streamtune cannot go on with one of them', async () => {
    const { loop, events } = loopWith({
      ...{ text: 'executor: session\n', takesTurns: true },
      executor: launchOf(async (trial, { signal }) => {
        if (trial.configuration.role === 'baseline') throw new Error('cannot go on');
        if (!signal.aborted) await once(signal, 'abort');
        return { ...evidence, end: { kind: 'canceled' } };
      }),
    });
    expect(await runLoop(loop).catch(messageOf)).to.equal('cannot go on');
    const ends = events.flatMap((one) => (one.kind === 'trial-ended' ? [one.outcome.kind] : []));
    expect(ends).to.deep.equal(['canceled']);
  });

  it('goes on where the record stops, and runs nothing twice', async () => {
    const { loop: before } = loopWith({});
    await runLoop(before);
    const { loop, events } = loopWith({});
    const [first] = before.record.trials;
    loop.record = { ...before.record, trials: [first!] };
    expect(await runLoop(loop)).to.equal('complete');
    const started = events.flatMap((event) =>
      event.kind === 'trial-started' ? [event.trial] : [],
    );
    expect(started).to.deep.equal([before.record.trials[1]!.trial.id]);
    expect(events.map(({ kind }) => kind)).not.to.include('block-decided');
  });

  it('opens a launch as it was planned, also if only one of its trials is left', async () => {
    const text = 'executor: session\n';
    const { loop: before } = loopWith({ text });
    await runLoop(before);
    const opened: number[] = [];
    const inner = launchOf(() => Promise.resolve(evidence));
    const executor: Executor = {
      open: (launch, context) => {
        opened.push(launch.trials.length);
        return inner.open(launch, context);
      },
    };
    const { loop } = loopWith({ text, takesTurns: true, executor });
    loop.record = { ...before.record, trials: before.record.trials.slice(0, 1) };
    expect(await runLoop(loop)).to.equal('complete');
    expect(opened).to.deep.equal([2]);
  });
});
