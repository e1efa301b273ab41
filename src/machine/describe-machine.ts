import { createHash } from 'node:crypto';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Manifest } from '../model/run/run-record.js';

/** The machine as reports describe it; without the host name, so that reports can be published. */
export function describeMachine(): Manifest['machine'] {
  const processors = cpus();
  return {
    platform: `${platform()} ${release()} ${arch()}`,
    cpuModel: processors[0]?.model.trim() ?? 'unknown processor',
    cpuCount: processors.length,
    memoryBytes: totalmem(),
  };
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
