import type { ResultDifference, RowDifference } from '../../model/result/result-comparison.js';
import { sampleRows, type ResultState } from '../../model/trial/query-result.js';

const mostExamples = 3;

/** Says how a state differs from the baseline's, with rows from their samples. */
export function resultDifference(
  query: string,
  own: ResultState,
  baseline: ResultState,
): ResultDifference {
  const isInBoth = sampledBy(own, baseline);
  const [ours, theirs] = [own, baseline].map((state) => byKey(state, isInBoth)) as [
    ReadonlyMap<string, string>,
    ReadonlyMap<string, string>,
  ];
  const examples: RowDifference[] = [];
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    if (examples.length === mostExamples) break;
    const [value, before] = [ours.get(key) ?? null, theirs.get(key) ?? null];
    if (value !== before) examples.push({ key, baseline: before, own: value });
  }
  return { query, rows: own.rows, baselineRows: baseline.rows, examples };
}

/** Whether a key would be in both samples if it were in both states: else its absence says nothing. */
function sampledBy(own: ResultState, baseline: ResultState): (hash: string) => boolean {
  const last = [own, baseline]
    .filter(({ sample }) => sample.length >= sampleRows)
    .flatMap(({ sample }) => sample.at(-1)?.hash ?? [])
    .sort()[0];
  const share = BigInt(Math.max(own.share, baseline.share));
  return (hash) => (last === undefined || hash < last) && BigInt(`0x${hash}`) % share === 0n;
}

/** The values of each key; several rows of one key stand side by side. */
function byKey(
  { sample }: ResultState,
  isWanted: (hash: string) => boolean,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { hash, key, value } of sample) {
    if (!isWanted(hash)) continue;
    const before = found.get(key);
    found.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return found;
}
