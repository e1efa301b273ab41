import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { WarmupSpec } from '../model/declared-warmup.js';
import type { SealedTrial } from '../model/trial/ended-trial.js';
import type { Measurement } from '../model/trial/measurement.js';
import type { Trial } from '../model/trial/plan.js';
import { readRegularNow } from '../process/files/read-regular-now.js';

/** To be raised with each change to how a trial is measured: figures of other versions are measured again. */
export const figuresVersion = 3;

/** All that the figures of a trial depend on. */
export interface MeasuredFrom {
  readonly trial: Trial;
  readonly sealed: Pick<SealedTrial, 'evidence' | 'offered'>;
  readonly spec: WarmupSpec & { readonly query?: string | undefined };
}

/** The figures that were kept while a run went on, so that its trials need not be measured again. */
export interface KeptFigures {
  /** Undefined where the figures of exactly this are not at hand; null for a trial without a batch. */
  readonly of: (from: MeasuredFrom) => Measurement | null | undefined;
}

/**
 * Adds the figures of a trial to `figures.ndjson`. Nothing rests on that file: where it cannot be written, reading the run
 * takes longer, and no more.
 */
export async function keepFigures(
  folder: string,
  from: MeasuredFrom,
  measurement: Measurement | null,
): Promise<void> {
  const body = JSON.stringify({ key: keyOf(from), measurement });
  const line = `${checksumOf(body)} ${body}\n`;
  await appendFile(figuresFile(folder), line, { mode: 0o600 }).catch(() => undefined);
}

/** Reads the figures that a run has kept. A line that is damaged is as good as none. */
export function readFigures(folder: string): KeptFigures {
  const kept = linesOf(folder).flatMap((line) => {
    const body = line.slice(9);
    return body !== '' && line.slice(0, 8) === checksumOf(body) ? [JSON.parse(body) as Kept] : [];
  });
  const byKey = new Map(kept.map(({ key, measurement }) => [key, measurement]));
  return { of: (from) => byKey.get(keyOf(from)) };
}

function linesOf(folder: string): string[] {
  try {
    return readRegularNow(figuresFile(folder)).toString('utf8').split('\n');
  } catch {
    return []; // removed, or something else is in its place
  }
}

interface Kept {
  readonly key: string;
  readonly measurement: Measurement | null;
}

/** The SHA-256 of what the figures come from: the hashes of the raw files, which readers compare, and the settings. */
function keyOf({ trial, sealed, spec }: MeasuredFrom): string {
  const { evidence, offered } = sealed;
  const hashes = Object.entries(evidence).sort(([one], [other]) => (one < other ? -1 : 1));
  const { knobs } = trial.configuration;
  const { warmupSeconds, sessionWarmupSeconds = null, query = null } = spec;
  const warmup = [warmupSeconds, sessionWarmupSeconds];
  const all = [figuresVersion, hashes, offered, knobs, warmup, query];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

function checksumOf(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}

function figuresFile(folder: string): string {
  return join(folder, 'figures.ndjson');
}
