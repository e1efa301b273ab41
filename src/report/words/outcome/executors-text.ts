import type { ExecutorTotal } from '../../../model/executors-seen.js';
import type { InvalidCause } from '../../../model/trial/outcome.js';
import { plural } from '../wording.js';

/** How many executors a trial lost, and the last of them. */
export function lostText({
  lost,
  host,
  why,
}: {
  readonly lost: number;
  readonly host: string;
  readonly why: string;
}): string {
  return `${plural(lost, 'executor')} lost, the last on ${host} (${why.replace(/\.$/, '')})`;
}

/** Why a trial that ran with less of a cluster than another does not count. */
export function fewerText({
  ran,
  had,
  trial,
  hosts,
}: Extract<InvalidCause, { kind: 'fewer-executors' }>): string {
  const where = hosts.length === 0 ? '' : `; ${fewerOn(hosts)}`;
  return `ran with ${totalText(ran)}, but ${trial}, which asks the cluster for the same, had ${totalText(had)}${where}`;
}

/** `fewer or none on a, b`: where executors are missing. */
export function fewerOn(hosts: readonly string[]): string {
  return `fewer or none on ${hosts.join(', ')}`;
}

/** `2 executors (4 cores)` */
export function totalText({ executors, cores }: ExecutorTotal): string {
  return `${plural(executors, 'executor')}${cores === null ? '' : ` (${plural(cores, 'core')})`}`;
}
