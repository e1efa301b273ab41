// How soon a new broker answers: formatted by Kafka's own tool and with Java's usual start, and from what an earlier broker
// has left. The two take turns at going first.
// Usage: npm run bench:broker [-- ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrokerArchive } from '../src/execution/find-broker-archive.js';
import type { BrokerArchive } from '../src/model/broker-archive.js';
import { realBroker, realToolchain } from '../test/helpers/real-broker.js';
import { testHost } from '../test/helpers/test-host.js';
import { middleAndRange } from './middle-and-range.js';

const rounds = Number(process.argv[2] ?? 6);
const archive = await findBrokerArchive(await realToolchain(), testHost().host);
if (archive === undefined) throw new Error('no archive; `streamtune setup` makes it');
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
const all: { readonly without: number; readonly having: number }[] = [];
try {
  print('round   without  with archive   (seconds)');
  for (let round = 1; round <= rounds; round += 1) {
    const times = { without: NaN, having: NaN };
    const sides = ['without', 'having'] as const;
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const use = side === 'having' ? archive : undefined;
      times[side] = await secondsToStart(join(folder, `${String(round)}-${side}`), use);
    }
    all.push(times);
    const cells = [times.without.toFixed(2).padStart(10), times.having.toFixed(2).padStart(14)];
    print(`${String(round).padStart(5)}${cells.join('')}`);
  }
  const ratios = all.map(({ having, without }) => having / without);
  print(`with the archive, as a share: ${middleAndRange(ratios)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function secondsToStart(place: string, use: BrokerArchive | undefined): Promise<number> {
  const began = performance.now();
  await using _broker = await realBroker(place, { archive: use });
  return (performance.now() - began) / 1_000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
