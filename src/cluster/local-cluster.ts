import { localClusterSize } from '../model/target.js';
import type { MasterView } from './ask-master.js';

/** What each driver of a `local-cluster[WORKERS,CORES,MIB]` will find: workers of its own, which nobody else uses. */
export function localClusterView(master: string): MasterView {
  const { workers, cores, memoryMb } = localClusterSize(master);
  const worker = {
    ...{ host: '127.0.0.1', isAlive: true, cores, coresFree: cores },
    ...{ memoryMb, memoryFreeMb: memoryMb },
  };
  return {
    ...{ url: master, status: 'ALIVE', workers: Array.from({ length: workers }, () => worker) },
    ...{ applications: [], holders: [] },
  };
}
