import type { SimulatedFault } from '../../model/simulation-model.js';
import type { TrialEnd } from '../../model/trial/executor.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';

/** How a trial with these faults ends. */
export function endOf(faults: readonly SimulatedFault['kind'][], limitSeconds: number): TrialEnd {
  const failed = (text: string) =>
    ({ kind: 'failed', cause: { kind: 'message', text }, stderrTail: [] }) as const;
  if (faults.includes('hang')) return { kind: 'timed-out', limitSeconds };
  if (faults.includes('out-of-memory')) {
    const text = 'java.lang.OutOfMemoryError: Java heap space';
    return { ...failed(text), failureClass: 'driver-out-of-memory' };
  }
  if (faults.includes('broker-gone')) {
    const text = 'org.apache.kafka.common.errors.TimeoutException';
    return { ...failed(text), failureClass: 'source-failure', infrastructure: true };
  }
  if (faults.includes('driver-ends')) {
    const cause = { kind: 'killed', by: 'somebody' } as const;
    return { kind: 'failed', failureClass: 'killed', cause, stderrTail: [], infrastructure: true };
  }
  return { kind: 'ended' };
}

/** The events of a trial that ends normally, after its faults. */
export function damaged(
  events: readonly QueryProgress[],
  faults: readonly SimulatedFault['kind'][],
): QueryProgress[] {
  const middle = Math.floor(events.length / 2);
  return events.flatMap((event, index) => {
    if (faults.includes('missing-batch') && index === middle) return [];
    if (faults.includes('repeated-batch') && index === middle) return [event, event];
    if (faults.includes('empty-batches'))
      return [event, { ...event, numInputRows: 0, sources: [] }];
    return [event];
  });
}
