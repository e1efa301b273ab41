/** A clock that moves only when advanced. Milliseconds since 1970. */
export interface VirtualClock {
  readonly now: () => number;
  readonly advance: (ms: number) => void;
}

export function virtualClock(startedAt: number): VirtualClock {
  let now = startedAt;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}
