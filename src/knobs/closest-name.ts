import { distance } from 'fastest-levenshtein';

/**
 * The candidate that was probably meant: within `most` edits, by default a third of the name's length and
 * two for a short one, as two letters change places easily; undefined if none.
 */
export function closestName(
  name: string,
  candidates: readonly string[],
  most = Math.max(name.length < 4 ? 1 : 2, name.length / 3),
): string | undefined {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= most ? best.candidate : undefined;
}
