import { distance } from 'fastest-levenshtein';

/**
 * Returns the candidate that was probably meant: within `most` edits, by default a third of the name's length, but at
 * least two (one below four letters), since two swapped letters are two edits. Undefined if there is none.
 */
export function closestName(
  name: string,
  candidates: readonly string[],
  most = Math.max(name.length < 4 ? 1 : 2, name.length / 3),
): string | undefined {
  const [best] = ranked(name, candidates);
  return best !== undefined && best.edits <= most ? best.candidate : undefined;
}

/** Whether a name is closer than all other candidates, so that it can be put in place without asking. */
export function isClearlyClosest(
  name: string,
  closest: string,
  candidates: readonly string[],
): boolean {
  const [best, next] = ranked(name, candidates);
  return best?.candidate === closest && (next === undefined || next.edits > best.edits);
}

function ranked(name: string, candidates: readonly string[]) {
  return [...new Set(candidates)]
    .map((candidate) => ({
      candidate,
      edits: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
}
