import { recordsOf } from '../dataset/records-of.js';
import type { KafkaConnection } from '../kafka/client.js';
import { produce } from '../kafka/producer.js';
import type { DataSpec } from '../model/experiment.js';
import { messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { OfferedLoad } from '../model/trial/offered-load.js';

interface LoadOptions extends KafkaConnection {
  readonly topic: { readonly name: string; readonly partitions: number };
  readonly data: DataSpec;
  readonly ratePerSecond: number;
  readonly host: Pick<Host, 'now'>;
  readonly produceTo?: typeof produce;
}

/** The result of an offered load. */
interface LoadEnd {
  /** Null if it never started. */
  readonly offered: OfferedLoad | null;
  /** Why the producer stopped, in its own words; undefined if it was stopped by us. */
  readonly problem: string | undefined;
}

/** The progress of a producer. */
interface Sending {
  startedAt?: number;
  sentRecords: number;
  /** Why it stopped unasked. */
  problem?: string;
}

/** A producer that starts once, when told, and runs until `end` is called. */
export function offerLoad(options: LoadOptions) {
  const stop = new AbortController();
  const failed = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  const sending: Sending = { sentRecords: 0 };
  let producing: Promise<void> | undefined;
  let ended: LoadEnd | undefined;
  return {
    /** Aborted when the producer cannot continue. */
    failed: failed.signal,
    begin: () => {
      producing ??= send({ ...options, signal }, sending).then(() => {
        if (sending.problem !== undefined) failed.abort();
      });
    },
    end: async (): Promise<LoadEnd> => {
      if (ended !== undefined) return ended;
      const offered = offeredBy(sending, options);
      stop.abort();
      await producing;
      ended = { offered, problem: sending.problem };
      return ended;
    },
  };
}

/** Sends until it is stopped, and records its progress. */
async function send(options: LoadOptions, sending: Sending): Promise<void> {
  const { signal, endpoint, topic, data, ratePerSecond, host, produceTo = produce } = options;
  try {
    await produceTo({
      ...{ endpoint, signal, ratePerSecond, topic: topic.name, partitions: topic.partitions },
      records: recordsOf({ ...data, records: Infinity }),
      onStart: () => {
        sending.startedAt = host.now();
      },
      onProgress: (records) => {
        sending.sentRecords = records;
      },
    });
    if (!signal.aborted) sending.problem = 'its records came to an end';
  } catch (error) {
    if (!signal.aborted) sending.problem = messageOf(error);
  }
}

/** The load offered so far; null if none was. */
function offeredBy(
  { startedAt, sentRecords }: Sending,
  { host, ratePerSecond, topic: { partitions } }: LoadOptions,
): OfferedLoad | null {
  if (startedAt === undefined) return null;
  const dueRecords = Math.floor(((host.now() - startedAt) / 1_000) * ratePerSecond);
  return { startedAt, ratePerSecond, partitions, dueRecords, sentRecords };
}
