import { expect } from 'chai';
import { offerLoad } from '../../../src/execution/offer-load.js';
import { plaintextEndpoint } from '../../../src/model/kafka-endpoint.js';
import { once } from 'node:events';

const endpoint = plaintextEndpoint('127.0.0.1:1');
const data = { kind: 'generated', records: 10, seed: 1 } as const;

function load(produceTo: NonNullable<Parameters<typeof offerLoad>[0]['produceTo']>) {
  let now = 1_000;
  const { signal } = new AbortController();
  const offered = offerLoad({
    ...{ endpoint, signal, data, produceTo, ratePerSecond: 100 },
    topic: { name: 'x', partitions: 2 },
    host: { now: () => now },
  });
  return { offered, tick: (ms: number) => (now += ms) };
}

describe('an offered load', () => {
  it('goes on until its end is asked for, and says what was due and what was sent', async () => {
    const { offered, tick } = load(async ({ signal, onStart, onProgress }) => {
      onStart?.();
      onProgress?.(150);
      await once(signal, 'abort');
      return { records: 150, bytes: 1, elapsedMs: 1 };
    });
    offered.begin();
    tick(2_000);
    expect(await offered.end()).to.deep.equal({
      offered: {
        startedAt: 1_000,
        ratePerSecond: 100,
        partitions: 2,
        dueRecords: 200,
        sentRecords: 150,
      },
      problem: undefined,
    });
    expect(offered.failed.aborted).to.equal(false);
  });

  it('says why its producer failed, at once', async () => {
    const { offered } = load(() => Promise.reject(new Error('MESSAGE_TOO_LARGE')));
    offered.begin();
    if (!offered.failed.aborted) await once(offered.failed, 'abort');
    expect(await offered.end()).to.deep.equal({ offered: null, problem: 'MESSAGE_TOO_LARGE' });
  });

  it('that never began has offered nothing', async () => {
    const { offered } = load(() => Promise.reject(new Error('never')));
    expect(await offered.end()).to.deep.equal({ offered: null, problem: undefined });
  });
});
