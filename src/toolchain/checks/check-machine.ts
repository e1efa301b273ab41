import { availableParallelism, freemem, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { statfs } from 'node:fs/promises';
import type { Check } from '../../model/check.js';
import type { Host } from '../../model/host.js';
import { cacheFolder } from '../cache-folder.js';
import { exists } from '../find-java.js';

const gibibyte = 2 ** 30;

/** Checks the machine itself: disk space, memory, processors, and how quiet it is. Takes about half a second. */
export async function checkMachine(host: Host): Promise<Check[]> {
  return [await checkDisk(host), checkMemory(), checkProcessors(), checkNoise()];
}

async function checkDisk(host: Host): Promise<Check> {
  let folder = folderToCheck(host);
  while (!(await exists(folder))) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / gibibyte;
  const finding = `${free.toFixed(1)} GiB free at ${folder}`;
  return free < 3
    ? { name: 'disk', status: 'problem', finding, fix: 'Free 3 GiB, or set STREAMTUNE_CACHE' }
    : { name: 'disk', status: 'ok', finding };
}

/** Where the disk is looked at: the cache; another check says so if it cannot be used. */
function folderToCheck(host: Host): string {
  try {
    return cacheFolder(host);
  } catch {
    return host.cwd;
  }
}

function checkMemory(): Check {
  const free = freemem() / gibibyte;
  const finding = `${free.toFixed(1)} GiB free`;
  const fix = 'Close what else is running; a trial needs 2 GiB';
  return free < 2
    ? { name: 'memory', status: 'warning', finding, fix }
    : { name: 'memory', status: 'ok', finding };
}

function checkProcessors(): Check {
  const processors = availableParallelism();
  const finding = `${String(processors)} that this process may use`;
  const fix = 'Use spark.master: local[1]; Kafka and Spark share the one processor';
  return processors < 2
    ? { name: 'processors', status: 'warning', finding, fix }
    : { name: 'processors', status: 'ok', finding };
}

/**
 * Times the same small piece of work repeatedly: on a quiet machine, the slow runs are hardly slower than the median.
 * The load average is the number of processes that competed over the last minute.
 */
function checkNoise(): Check {
  const times = Array.from({ length: 60 }, timeFixedWork).sort((a, b) => a - b);
  const middle = times[30] ?? 1;
  const slow = times[54] ?? 1;
  const spread = slow / middle - 1;
  const load = loadavg()[0] ?? 0;
  const finding = `the slowest tenth of equal work took ${(100 * spread).toFixed(0)} % longer than the middle, load average ${load.toFixed(1)}`;
  return spread > 0.2 || load > availableParallelism()
    ? {
        name: 'noise',
        status: 'warning',
        finding,
        fix: 'Close what else is running, or use more blocks',
      }
    : { name: 'noise', status: 'ok', finding };
}

/** Times a few milliseconds of arithmetic, in milliseconds. */
function timeFixedWork(): number {
  const startedAt = performance.now();
  let value = 1;
  for (let step = 0; step < 2_000_000; step += 1) value = (Math.imul(value, 1_664_525) + 1) | 0;
  return performance.now() - startedAt + (value === 0 ? 1e-9 : 0);
}
