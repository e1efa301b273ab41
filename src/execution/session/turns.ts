import { seededRandom, seedOfPart } from '../../model/seeded-random.js';

/** Whose turn it is among trials that share a driver: one at a time. */
export interface Turns {
  /** Waits for the trial's next turn, which lasts until it is disposed. */
  readonly take: (trial: string) => Promise<Disposable>;
  /** For a trial that takes no more turns. */
  readonly leave: (trial: string) => void;
}

interface Waiting {
  readonly trial: string;
  readonly begin: () => void;
}

/** Where the order of turns comes from. */
export interface TurnOrder {
  /** Of the plan. */
  readonly seed: number;
  readonly block: number;
}

/**
 * Gives each trial that waits one turn in a round, in random order, whoever has come first. Nobody is waited for: a trial
 * that comes late takes part from the round in which it comes.
 */
export function createTurns({ seed, block }: TurnOrder): Turns {
  const random = seededRandom(seedOfPart(seed, block));
  const taken = new Map<string, number>();
  let waiting: Waiting[] = [];
  let isBusy = false;
  const turnsOf = ({ trial }: Waiting) => taken.get(trial) ?? 0;
  const grant = () => {
    if (isBusy || waiting.length === 0) return;
    const fewest = Math.min(...waiting.map(turnsOf));
    const behind = waiting.filter((one) => turnsOf(one) === fewest).sort(byTrial);
    const next = behind[random.below(behind.length)];
    if (next === undefined) return;
    isBusy = true;
    waiting = waiting.filter((one) => one !== next);
    taken.set(next.trial, fewest + 1);
    next.begin();
  };
  const end = () => {
    isBusy = false;
    grant();
  };
  return {
    take: (trial) =>
      new Promise((resolve) => {
        if (!taken.has(trial)) taken.set(trial, Math.max(1, ...taken.values()) - 1);
        const begin = () => {
          resolve({ [Symbol.dispose]: end });
        };
        waiting.push({ trial, begin });
        grant();
      }),
    leave: (trial) => {
      taken.delete(trial);
    },
  };
}

function byTrial({ trial: one }: Waiting, { trial: other }: Waiting): number {
  return one < other ? -1 : 1;
}
