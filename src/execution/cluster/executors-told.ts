import type { ExecutorsSeen } from '../../model/executors-seen.js';
import type { ExecutorLine } from '../../spark/executor-lines.js';

/** Before YARN begins with an application, a node also fetches Spark's jars: 40 s where they were read for the first time. */
const queueFactor = 2;

/** A wait that may begin and end again and again. `factor`: how many times the usual patience it may take. */
interface Wait {
  readonly begin: (factor?: number) => void;
  readonly end: () => void;
}

/** What the driver has told so far. */
export interface Told extends ExecutorsSeen {
  readonly batches: number;
  /** Of YARN, in which the application waits. */
  readonly queue: string | undefined;
}

/** Keeps what the driver tells, line by line, and begins and ends the wait for executors by it. */
export function tellings(wait: Wait) {
  const gained: ExecutorsSeen['gained'][number][] = [];
  const lost: ExecutorsSeen['lost'][number][] = [];
  const granted = new Map<string, number>();
  let batches = 0;
  let queue: string | undefined;
  const gain = ({ id, host }: { readonly id: string; readonly host: string }) => {
    const cores = granted.get(id);
    gained.push({
      ...{ id, host },
      ...(cores === undefined ? {} : { cores }),
      ...(batches === 0 ? {} : { afterBatches: batches }),
    });
    wait.end();
  };
  return {
    add: (said: ExecutorLine) => {
      if (said.kind === 'queued') wait.begin(queueFactor);
      if (said.kind === 'queue') ({ queue } = said);
      if (said.kind === 'admitted') {
        queue = undefined;
        wait.end();
      }
      if (said.kind === 'granted') granted.set(said.id, said.cores);
      if (said.kind === 'waiting' && gained.length === lost.length) wait.begin();
      if (said.kind === 'gained') gain(said);
      if (said.kind !== 'lost' || lost.some(({ id }) => id === said.id)) return;
      lost.push({ id: said.id, host: said.host, why: said.why });
      if (lost.length >= gained.length) wait.begin();
    },
    addBatch: () => {
      batches += 1;
      wait.end();
    },
    now: (): Told => ({ gained: [...gained], lost: [...lost], queue, batches }),
  };
}

/** Undefined if the driver told of no executor. */
export function someOf({ gained, lost }: ExecutorsSeen): ExecutorsSeen | undefined {
  return gained.length === 0 ? undefined : { gained, lost };
}

/** What was told after a moment: the executors that were there then have been from the start. */
export function since(before: Told, now: Told): ExecutorsSeen {
  const isGone = (id: string) => before.lost.some((one) => one.id === id);
  const found = before.gained.flatMap(({ id, host, cores }) =>
    isGone(id) ? [] : [{ id, host, ...(cores === undefined ? {} : { cores }) }],
  );
  const came = now.gained.slice(before.gained.length).map(({ afterBatches = 0, ...one }) => {
    const batches = afterBatches - before.batches;
    return batches > 0 ? { ...one, afterBatches: batches } : one;
  });
  return { gained: [...found, ...came], lost: now.lost.slice(before.lost.length) };
}
