import { recordsOf } from '../dataset/records-of.js';
import type { KafkaConnection } from '../kafka/client.js';
import { produce } from '../kafka/producer.js';
import type { DataSpec } from '../model/experiment.js';
import { messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { OfferedLoad } from '../model/offered-load.js';

interface LoadOptions extends KafkaConnection {
  readonly topic: { readonly name: string; readonly partitions: number };
  readonly data: DataSpec;
  readonly ratePerSecond: number;
  readonly host: Pick<Host, 'now'>;
  readonly produceTo?: typeof produce;
}

/** What a load has come to. */
interface LoadEnd {
  /** Null if it never began. */
  readonly offered: OfferedLoad | null;
  /** Why it ended by itself, in the producer's words; undefined where it was stopped. */
  readonly problem: string | undefined;
}

/** A producer that begins when told, once, and goes on until its end is asked for. */
export function offerLoad({ endpoint, topic, data, ratePerSecond, ...options }: LoadOptions) {
  const { host, produceTo = produce } = options;
  const { partitions } = topic;
  const stop = new AbortController();
  const failed = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  let sentRecords = 0;
  let startedAt: number | undefined;
  let producing: Promise<void> | undefined;
  let problem: string | undefined;
  let ended: LoadEnd | undefined;
  const send = async () => {
    try {
      await produceTo({
        endpoint,
        signal,
        topic: topic.name,
        partitions,
        records: recordsOf({ ...data, records: Infinity }),
        ratePerSecond,
        onStart: () => {
          startedAt = host.now();
        },
        onProgress: (records) => {
          sentRecords = records;
        },
      });
      if (!signal.aborted) problem = 'its records came to an end';
    } catch (error) {
      if (!signal.aborted) problem = messageOf(error);
    }
    if (problem !== undefined) failed.abort();
  };
  return {
    /** Aborted when the producer cannot go on. */
    failed: failed.signal,
    begin: () => {
      producing ??= send();
    },
    end: async (): Promise<LoadEnd> => {
      if (ended !== undefined) return ended;
      const now = host.now();
      const sent = sentRecords;
      stop.abort();
      await producing;
      if (startedAt === undefined) ended = { offered: null, problem };
      else {
        const dueRecords = Math.floor(((now - startedAt) / 1_000) * ratePerSecond);
        const offered = { startedAt, ratePerSecond, partitions, dueRecords, sentRecords: sent };
        ended = { offered, problem };
      }
      return ended;
    },
  };
}
