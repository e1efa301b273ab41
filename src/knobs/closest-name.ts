import { distance } from 'fastest-levenshtein';

/**
 * The candidate that was probably meant: within a third of the name's length in edits,
 * two for a short one, as two letters change places easily; undefined if none.
 */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= Math.max(name.length < 4 ? 1 : 2, name.length / 3)
    ? best.candidate
    : undefined;
}
