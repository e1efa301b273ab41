import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { hasProc, processesWith } from './process-state.js';

/** The local addresses, in the hexadecimal of proc(5), that a process listens on with TCP. */
export function listeningAddresses(pid: number): string[] {
  if (!hasProc) return addressesByLsof(pid);
  const folder = `/proc/${String(pid)}/fd`;
  const sockets = new Set(readdirSync(folder).map((fd) => socketInode(`${folder}/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && sockets.has(fields[9]))
      .map((fields) => fields[1]!.split(':')[0]!),
  );
}

/** Undefined also for a descriptor that was closed since the folder was listed: a starting JVM closes many. */
function socketInode(link: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The same where there is no /proc (macOS); an address other than the loopback's as lsof(8) writes it. */
function addressesByLsof(pid: number): string[] {
  const args = ['-nP', '-a', '-p', String(pid), '-iTCP', '-sTCP:LISTEN', '-Fn'];
  return [...spawnSync('lsof', args, { encoding: 'utf8' }).stdout.matchAll(/^n(.*):\d+$/gm)].map(
    ([, address]) => (address === '127.0.0.1' ? loopback[0]! : address!),
  );
}

/** 127.0.0.1 in the table for IPv4, and as it is mapped into that for IPv6. */
export const loopback = ['0100007F', '0000000000000000FFFF00000100007F'];

/** What the JVM listens on whose working files are in the folder. */
export function driverAddresses(folder: string): string[] {
  return processesWith('SparkSubmit', folder).flatMap(listeningAddresses);
}
