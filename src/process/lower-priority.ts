import { setPriority } from 'node:os';

/** Lets every other program go first: this one is only looked at. */
const niceness = 10;

/** Lowers the priority of this process for the rest of its life. Where the system refuses, it stays as it is. */
export function lowerPriority(): void {
  try {
    setPriority(niceness);
  } catch {
    // Nothing depends on it.
  }
}
