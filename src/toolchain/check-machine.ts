import { freemem } from 'node:os';
import { statfs } from 'node:fs/promises';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { cacheFolder } from './cache-folder.js';
import type { Check } from './check.js';
import { exists, findJava } from './find-java.js';
import { findPython } from './find-python.js';
import { dirname } from 'node:path';

const gibibyte = 2 ** 30;

/** Every check of `doctor` with its finding and the fix. Installs nothing. */
export async function checkMachine(options: {
  readonly host: Host;
  readonly sparkVersion?: string;
}): Promise<Check[]> {
  const { host, sparkVersion = '4.0.0' } = options;
  return [
    await checkJava(host),
    await checkPython(host, sparkVersion),
    await checkDisk(host),
    checkMemory(),
  ];
}

async function checkJava(host: Host): Promise<Check> {
  try {
    const java = await findJava(host);
    return java === undefined
      ? {
          name: 'Java',
          status: 'warning',
          finding: 'none; setup brings Java 17 from PyPI and uses Spark 3.5.7',
          fix: 'sudo apt-get install openjdk-17-jre-headless',
        }
      : {
          name: 'Java',
          status: 'ok',
          finding: `${java.version} (${java.executable}, ${java.source})`,
        };
  } catch (error) {
    return problem('Java', error);
  }
}

async function checkPython(host: Host, sparkVersion: string): Promise<Check> {
  try {
    const { executable, version } = await findPython(host, sparkVersion);
    return { name: 'Python', status: 'ok', finding: `${version} (${executable})` };
  } catch (error) {
    return problem('Python', error);
  }
}

async function checkDisk(host: Host): Promise<Check> {
  let folder = cacheFolder(host.env);
  while (!(await exists(folder))) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / gibibyte;
  const finding = `${free.toFixed(1)} GiB free at ${folder}`;
  return free < 3
    ? { name: 'disk', status: 'problem', finding, fix: 'Free 3 GiB, or set STREAMTUNE_CACHE' }
    : { name: 'disk', status: 'ok', finding };
}

function checkMemory(): Check {
  const free = freemem() / gibibyte;
  const finding = `${free.toFixed(1)} GiB free`;
  return free < 2
    ? {
        name: 'memory',
        status: 'warning',
        finding,
        fix: 'Close what else is running; a trial needs 2 GiB',
      }
    : { name: 'memory', status: 'ok', finding };
}

function problem(name: string, error: unknown): Check {
  const fix = error instanceof HarnessError ? error.hint : undefined;
  return {
    name,
    status: 'problem',
    finding: messageOf(error),
    ...(fix === undefined ? {} : { fix }),
  };
}
