import type { QueryProgress } from '../../model/trial/query-progress.js';
import type { QueryResult, ResultRow } from '../../model/trial/query-result.js';
import type { SimulatedFault, SimulationModel } from '../../model/simulation-model.js';

const kinds = ['burglary', 'noise', 'traffic stop'];

/**
 * What the query of a simulated trial wrote: the same rows in each, but for those with the fault other-result. Undefined in
 * a world without that fault, which has no output.
 */
export function simulatedResults(
  { faults }: Pick<SimulationModel, 'faults'>,
  events: readonly QueryProgress[],
  ownFaults: readonly SimulatedFault['kind'][],
): readonly QueryResult[] | undefined {
  if (!faults.some(({ kind }) => kind === 'other-result')) return undefined;
  const isOther = ownFaults.includes('other-result');
  const sample = kinds.map((kind, index): ResultRow => {
    const rows = 100 + index + (isOther && index === 1 ? 1 : 0);
    const key = JSON.stringify({ kind });
    return { hash: String(index).padStart(16, '0'), key, value: JSON.stringify({ count: rows }) };
  });
  const state = {
    ...{ rows: sample.length, digest: sample.map(({ value }) => value).join(), share: 1 },
    sample,
  };
  const inputRows = events.reduce((sum, { numInputRows }) => sum + numInputRows, 0);
  return [{ query: 'simulated', sink: 'memory', mode: 'update', inputRows, state }];
}
