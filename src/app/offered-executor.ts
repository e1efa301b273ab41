import { recordsOf } from '../dataset/records-of.js';
import type { KafkaConnection } from '../kafka/client.js';
import { produce } from '../kafka/producer.js';
import { createTopic, deleteTopic } from '../kafka/topics.js';
import type { DataSpec } from '../model/experiment.js';
import type { Host } from '../model/host.js';
import { knobsOfScope } from '../model/knob.js';
import type { OfferedLoad } from '../model/offered-load.js';
import type { Trial } from '../model/plan.js';
import type { TrialExecutor } from '../model/trial-executor.js';

interface OfferedOptions {
  readonly inner: TrialExecutor;
  readonly bootstrapServers: string;
  readonly data: DataSpec;
  readonly ratePerSecond: number;
  readonly host: Host;
}

/** The topic of a trial under an offered load: its own, empty when the query starts. */
export function offeredTopic({ id }: Trial): string {
  return `streamtune-offered-${id}`;
}

/**
 * Runs each trial against a producer at a fixed rate, from the start of its query to its end. Open loop: the rate does
 * not slow down with the query.
 */
export function createOfferedExecutor(options: OfferedOptions): TrialExecutor {
  const { inner, bootstrapServers, host } = options;
  return {
    run: async (trial, context) => {
      const connection = { bootstrapServers, signal: host.signal };
      const topic = { name: offeredTopic(trial), partitions: partitionsOf(trial) };
      await createTopic(connection, topic);
      const load = createLoad(options, topic);
      try {
        const result = await inner.run(trial, { ...context, onQueryStarted: load.begin });
        return { ...result, offered: await load.end() };
      } finally {
        await load.end();
        if (!host.signal.aborted) await deleteTopic(connection, topic.name);
      }
    },
  };
}

function partitionsOf({ configuration }: Trial): number {
  return Number(knobsOfScope(configuration.knobs, 'topic').get('partitions') ?? 1);
}

/** A producer that begins when told, once, and says at its end what it did; null if it never began. */
function createLoad(
  { bootstrapServers, data, ratePerSecond, host }: OfferedOptions,
  { name, partitions }: { readonly name: string; readonly partitions: number },
) {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, host.signal]);
  const connection: KafkaConnection = { bootstrapServers, signal };
  let sentRecords = 0;
  let startedAt: number | undefined;
  let producing: Promise<unknown> | undefined;
  let ended: OfferedLoad | null | undefined;
  return {
    begin: () => {
      producing ??= produce({
        ...connection,
        topic: name,
        partitions,
        records: recordsOf({ ...data, records: Infinity }),
        ratePerSecond,
        onStart: () => {
          startedAt = host.now();
        },
        onProgress: (records) => {
          sentRecords = records;
        },
      }).catch(() => undefined); // it is stopped by its signal; what it could not send shows in sentRecords
    },
    end: async (): Promise<OfferedLoad | null> => {
      if (ended !== undefined) return ended;
      const dueRecords =
        startedAt === undefined
          ? 0
          : Math.floor(((host.now() - startedAt) / 1_000) * ratePerSecond);
      const sent = sentRecords;
      stop.abort();
      await producing;
      ended =
        startedAt === undefined
          ? null
          : { startedAt, ratePerSecond, partitions, dueRecords, sentRecords: sent };
      return ended;
    },
  };
}
