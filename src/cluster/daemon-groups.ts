import type { Configuration } from '../model/configuration.js';
import { isOnThisMachine, targetOf } from '../model/target.js';
import { readProcStat } from '../process/groups/proc-stat.js';
import { runningPrograms } from '../process/table/running-programs.js';
import { isDaemon } from './cluster-process.js';

/**
 * The process groups of the masters and workers on this machine, with the executors that they start; empty if no
 * configuration runs there. Executors of other applications in the same workers cannot be told from a trial's own.
 */
export async function groupsOfDaemons(
  configurations: readonly Configuration[],
): Promise<ReadonlySet<number>> {
  const isHere = configurations.some(({ knobs }) => {
    const target = targetOf(knobs);
    return target.kind === 'standalone' && isOnThisMachine(target);
  });
  if (!isHere) return new Set();
  const daemons = (await runningPrograms()).filter(({ args }) => isDaemon(args));
  const found = await Promise.all(daemons.map(({ pid }) => readProcStat(pid)));
  return new Set(found.flatMap((stat) => (stat === undefined ? [] : [stat.group])));
}
