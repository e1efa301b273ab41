import {
  trialsOfDriver,
  type DriverFigures,
  type DriverReason,
} from '../../../model/session-record.js';

/** Of the heap, after a collection of garbage. */
const heapShare = 0.5;
/** More than the driver had when its burn-in was over. */
const growth = { threads: 200, classes: 30_000, kafkaClients: 100 } as const;

/**
 * Why a driver should take no more trials: it keeps what earlier ones left, which could slow the next. Undefined if it is
 * good for another one.
 */
export function wornBy(
  trials: number,
  now: DriverFigures | null,
  atFirst: DriverFigures | null,
): DriverReason | undefined {
  if (trials >= trialsOfDriver) return 'trials';
  if (now === null || atFirst === null) return undefined;
  if (now.heapBytes > heapShare * now.maxHeapBytes) return 'heap';
  const grown = (what: keyof typeof growth) => {
    const [before, after] = [atFirst[what], now[what]];
    return before !== null && after !== null && after - before > growth[what];
  };
  if (grown('threads')) return 'threads';
  if (grown('classes')) return 'classes';
  return grown('kafkaClients') ? 'kafka-clients' : undefined;
}
