import type { MasterView } from '../../cluster/ask-master.js';
import { plural } from '../../report/words/wording.js';

/** A cluster as people read it: its address, then a line for each worker. */
export function clusterLines({ url, status, workers, applications }: MasterView): string {
  const running = applications.length === 0 ? 'no application' : applications.join(', ');
  const lines = workers.map(({ host, isAlive, ...one }) =>
    isAlive
      ? `  worker on ${host}: ${String(one.coresFree)} of ${plural(one.cores, 'core')} free, ${String(one.memoryFreeMb)} of ${String(one.memoryMb)} MiB free`
      : `  worker on ${host}: gone`,
  );
  return [`${status.toLowerCase()} at ${url}, ${running}`, ...lines].join('\n');
}
