/** How long children may take to stop once the program has been asked to, and how long the program itself. */
const limits = { childrenMs: 8_000, programMs: 8_700 };

/**
 * Holds an orderly shutdown to ten seconds: kills children that take longer than eight, so that what waits for them can
 * go on, and ends the program if it has not ended by itself then.
 */
export function endInTime(actions: {
  readonly killChildren: () => void;
  readonly end: () => void;
}): void {
  setTimeout(actions.killChildren, limits.childrenMs).unref();
  setTimeout(actions.end, limits.programMs).unref();
}
