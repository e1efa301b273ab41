import { access, mkdir, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { messageOf } from '../../model/harness-error.js';
import type { ClassArchive } from '../../model/class-archive.js';
import type { Host } from '../../model/host.js';
import type { Toolchain } from '../../model/toolchain.js';
import { archivePlace } from '../../toolchain/archive/archive-place.js';
import { storeArchive } from '../../toolchain/archive/stored-archive.js';
import { cacheFolder } from '../../toolchain/cache-folder.js';
import { prepareRun } from '../prepare-run.js';
import { submitOnce } from '../submit/submit-once.js';
import { findArchive, type FoundArchive } from './find-archive.js';

/** What the driver does while it is watched: a few batches of the shipped job, on one Spark. */
const training = ({ version, source, home }: Toolchain['spark']) => `
version: 1
name: class-archive
spark: { version: ${version}${source === 'spark.home' ? `, home: ${JSON.stringify(home)}` : ''} }
data: { kind: generated, records: 10000 }
knobs: { spark.master: 'local[2]', source.maxOffsetsPerTrigger: 2500, job.sink: noop }
factors: { spark.sql.shuffle.partitions: [2, 4] }
`;

export interface MakeOptions {
  readonly host: Host;
  readonly step: (text: string) => void;
}

/**
 * Makes the class archive of a toolchain: one small run of the shipped job, whose driver writes down what it has loaded
 * as it ends. Takes a trial's time and some seconds. What goes wrong is returned, as every run works without an archive;
 * throws INTERRUPTED.
 */
async function makeArchive(
  toolchain: Toolchain,
  { host, step }: MakeOptions,
): Promise<FoundArchive> {
  const place = archivePlace(cacheFolder(host), toolchain);
  const draft = join(place.folder, `${randomUUID()}.draft`);
  step(
    `Making the class archive of Spark ${toolchain.spark.version}, with which trials start faster (once)`,
  );
  try {
    await mkdir(place.make(draft).confFolder, { recursive: true });
    await train(place.make(draft), toolchain, host);
    await access(draft);
    await storeArchive(place, draft);
    return await findArchive(toolchain, host);
  } catch (error) {
    if (host.signal.aborted) throw error;
    return { kind: 'refused', reason: messageOf(error) };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Makes the class archive unless it is there, and says if there will be none. */
export async function ensureArchive(
  toolchain: Toolchain,
  options: MakeOptions,
): Promise<FoundArchive> {
  const found = await findArchive(toolchain, options.host);
  if (found.kind === 'ready') return found;
  const made = await makeArchive(toolchain, options);
  if (made.kind === 'refused') options.step(withoutArchive(made.reason));
  return made;
}

export function withoutArchive(reason: string): string {
  return `Drivers start without the class archive, a few seconds later: ${reason}`;
}

async function train(archive: ClassArchive, { spark }: Toolchain, host: Host): Promise<void> {
  const prepared = await prepareRun('class-archive.yaml', {
    host,
    changed: training(spark),
  });
  const silent = () => undefined;
  const end = await submitOnce(prepared, {
    ...{ host, archive, configurationId: 'baseline', follow: false },
    observer: { step: silent, line: silent, batch: silent },
  });
  if (end.kind !== 'ended') throw new Error(`its job did not run to its end (${end.kind})`);
}
