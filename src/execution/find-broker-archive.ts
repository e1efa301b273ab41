import type { BrokerArchive } from '../model/broker-archive.js';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import { brokerArchivePlace, checkpointPlace } from '../toolchain/archive/archive-place.js';
import { inspectArchive } from '../toolchain/archive/stored-archive.js';
import { cacheFolder } from '../toolchain/cache-folder.js';

/** What an earlier start has left for a broker; undefined unless all of it is there, and as it was made. */
export async function findBrokerArchive(
  toolchain: Pick<Toolchain, 'java' | 'kafka'>,
  host: Pick<Host, 'env' | 'cwd'>,
): Promise<BrokerArchive | undefined> {
  const cache = cacheFolder(host);
  const classes = brokerArchivePlace(cache, toolchain);
  const checkpoint = checkpointPlace(cache, toolchain);
  const stored = await Promise.all([classes, checkpoint].map(inspectArchive));
  return stored.every(({ kind }) => kind === 'intact')
    ? { javaOptions: classes.use, checkpoint: checkpoint.file }
    : undefined;
}
