import { rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Trial } from '../../model/trial/plan.js';
import { makeFolder } from '../../process/files/make-folder.js';
import { randomToken } from '../../process/random-token.js';
import { runCommand } from '../../process/run-command.js';
import { mountedPath } from './driver-folder.js';
import { sparkClassCommand } from './spark-class-command.js';

/** A folder that driver and executors reach, for what the trials of one run keep while they run. */
export interface SharedFolder extends AsyncDisposable {
  /** A folder that no trial had before, not even this one before a crash; it is made by whoever writes there. */
  readonly placeOf: (trial: Pick<Trial, 'id'>) => SharedPlace;
  /**
   * For `spark.yarn.jars`: where Spark's own jars are, copied once for each Spark; otherwise every trial would send all of
   * them, some 450 MB. Undefined if they cannot be copied, or where only some of the machines see the folder.
   */
  readonly jarsOf: (spark: Toolchain['spark']) => Promise<string | undefined>;
}

interface SharedPlace {
  /** A path or a URI. */
  readonly path: string;
  /** Removes what the run does not keep. Never fails: the end of the run clears the rest. */
  readonly clear: () => Promise<void>;
}

interface SharedOptions {
  /** An absolute path, or a URI of one of Hadoop's file systems. */
  readonly folder: string;
  readonly runId: string;
  readonly toolchain: Pick<Toolchain, 'java' | 'spark'>;
  readonly host: Host;
  /** Whether what trials wrote stays. */
  readonly keeps: boolean;
}

/**
 * Makes the run's folder below the shared one, and writes and removes a file in it. Throws SHARED_FOLDER_UNUSABLE. It is
 * removed when disposed of, unless output is kept there.
 */
export async function openSharedFolder(options: SharedOptions): Promise<SharedFolder> {
  const { folder, runId, keeps, host } = options;
  const own = `${folder.replace(/\/+$/, '')}/streamtune-${runId}`;
  const files = filesAt(own, options);
  try {
    await files.probe(host.signal);
  } catch (error) {
    if (host.signal.aborted) throw error;
    throw unusable(folder, messageOf(error));
  }
  const jars = sparkJars(own, files, host.signal);
  return {
    jarsOf: jars.of,
    placeOf: ({ id }) => {
      const path = `${own}/${id}-${randomToken().slice(0, 6)}`;
      const clear = () =>
        files.remove(keeps ? `${path}/checkpoint` : path, host.signal).catch(() => undefined);
      return { path, clear };
    },
    [Symbol.asyncDispose]: async () => {
      // The run may be stopping.
      const signal = AbortSignal.timeout(60_000);
      for (const path of keeps ? jars.folders() : [own]) {
        await files.remove(path, signal).catch(() => undefined);
      }
    },
  };
}

/** Copies of the jars of the Sparks of one run. */
function sparkJars(own: string, { put }: FilesThere, signal: AbortSignal) {
  const copies = new Map<string, { readonly folder: string; readonly done: Promise<boolean> }>();
  const copyOf = (home: string, copy: NonNullable<FilesThere['put']>) => {
    const folder = `${own}/spark-${randomToken().slice(0, 6)}`;
    const done = copy(join(home, 'jars'), folder, signal).then(
      () => true,
      () => false,
    );
    copies.set(home, { folder, done });
    return { folder, done };
  };
  return {
    folders: () => [...copies.values()].map(({ folder }) => folder),
    of: async ({ home }: Toolchain['spark']) => {
      if (put === undefined) return undefined;
      const { folder, done } = copies.get(home) ?? copyOf(home, put);
      return (await done) ? `${folder}/*.jar` : undefined;
    },
  };
}

interface FilesThere {
  readonly probe: (signal: AbortSignal) => Promise<void>;
  readonly remove: (path: string, signal: AbortSignal) => Promise<void>;
  /** Copies a folder of this machine; absent where that would only be another place on a disk. */
  readonly put?: (from: string, to: string, signal: AbortSignal) => Promise<void>;
}

function filesAt(own: string, options: SharedOptions): FilesThere {
  const path = mountedPath(own);
  return path === undefined ? onHadoop(own, options) : onDisk(path);
}

function onDisk(folder: string): FilesThere {
  return {
    probe: async () => {
      await makeFolder(folder);
      await writeFile(join(folder, 'probe'), '');
      await rm(join(folder, 'probe'));
    },
    remove: async (place) => {
      const path = mountedPath(place) ?? place;
      await rm(path, { recursive: true, force: true });
      // Also the trial's own, if nothing is kept in it.
      if (path.endsWith('/checkpoint')) await rmdir(join(path, '..')).catch(() => undefined);
    },
  };
}

const patienceMs = 60_000;
const patienceOfCopyMs = 600_000;

/** By Hadoop's own shell, which Spark brings along: it knows what its file systems need, by HADOOP_CONF_DIR. */
function onHadoop(own: string, { toolchain, host: { env } }: SharedOptions): FilesThere {
  const within = async (
    timeoutMs: number,
    signal: AbortSignal,
    ...args: readonly string[]
  ): Promise<void> => {
    const command = sparkClassCommand({ toolchain, env }, 'org.apache.hadoop.fs.FsShell', ...args);
    const ended = await runCommand(command, {
      ...{ signal, timeoutMs },
      outlive: args[0] === '-rm',
    });
    if (ended.exitCode === 0) return;
    const lines = ended.stderr.split('\n').filter((line) => line.trim() !== '');
    const why = lines.findLast((line) => /^-?(mkdir|touchz|rm|put): /.test(line)) ?? lines.at(-1);
    throw new Error(ended.timedOut ? 'it does not answer' : (why ?? 'it cannot be reached'));
  };
  const shell = (signal: AbortSignal, ...args: readonly string[]) =>
    within(patienceMs, signal, ...args);
  return {
    put: (from, to, signal) => within(patienceOfCopyMs, signal, '-put', from, to),
    probe: async (signal) => {
      await shell(signal, '-mkdir', '-p', own);
      await shell(signal, '-touchz', `${own}/probe`);
    },
    remove: async (place, signal) => {
      await shell(signal, '-rm', '-r', '-f', '-skipTrash', place);
    },
  };
}

function unusable(folder: string, why: string): HarnessError {
  return new HarnessError({
    code: 'SHARED_FOLDER_UNUSABLE',
    message: `Nothing can be written to ${folder}, where the trials keep their checkpoints (spark.sharedFolder): ${why.replace(/\.$/, '')}.`,
    hint: 'Correct the setting, or the rights there; HADOOP_CONF_DIR leads to the settings of hdfs:// and s3a://.',
  });
}
