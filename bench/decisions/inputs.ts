/**
 * What trials cost and how they scatter: seconds, and the sd of a trial's ln rows per second around block and configuration.
 * What bench:session prints is that of a pair: the square root of 2 times as much.
 */
export interface Inputs {
  readonly bareSeconds: number;
  readonly archiveSeconds: number;
  readonly sessionSeconds: number;
  /** To start a driver and warm it up. */
  readonly driverSeconds: number;
  readonly coldSd: number;
  readonly sessionSd: number;
  /** The part of the noise that is the machine's speed: its sd from trial to trial, and the canary's correlation with it. */
  readonly speedSd: number;
  readonly canaryCorrelation: number;
}

interface Input {
  readonly name: keyof Inputs;
  readonly value: number;
  /** Where the default comes from. */
  readonly source: string;
}

const assumed = 'assumed, not measured';

/** The defaults; `--NAME VALUE` replaces one. */
const defaults: readonly Input[] = [
  { name: 'bareSeconds', value: 32.9, source: 'bench:cold-start in docs/performance.md, median' },
  {
    name: 'archiveSeconds',
    value: 19.5,
    source: 'bench:cold-start in docs/performance.md, median',
  },
  {
    name: 'sessionSeconds',
    value: 8.9,
    source: '0.27 of the bare call: bench:session in docs/performance.md',
  },
  {
    name: 'driverSeconds',
    value: 52,
    source: '10 s to start, and burn-in in turns: 36, 43 and 47 s in docs/performance.md',
  },
  { name: 'coldSd', value: 0.062, source: 'noise of short trials in docs/validation.md' },
  {
    name: 'sessionSd',
    value: 0.0335,
    source: 'the same, times 4.0 / 7.4: sessions against cold trials, three nights of V19 together',
  },
  { name: 'speedSd', value: 0, source: 'docs/validation.md: that machine hardly varied' },
  { name: 'canaryCorrelation', value: 0.9, source: `${assumed}; matters with speedSd only` },
];

/** Reads `--bareSeconds 33` and its like; an input that is given says so as its source. Throws for others. */
export function readInputs(args: readonly string[]): {
  readonly inputs: Inputs;
  readonly told: readonly Input[];
} {
  const given = new Map<string, number>();
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value = ''] = [args[at]?.replace(/^--/, ''), args[at + 1]];
    if (!defaults.some((one) => one.name === name) || !(Number(value) >= 0) || value === '') {
      const names = defaults.map((one) => `--${one.name}`).join(', ');
      throw new Error(
        `${String(args[at])} ${value}: give ${names} with a number, or --real BLOCKS`,
      );
    }
    given.set(name, Number(value));
  }
  const told = defaults.map((one) => {
    const value = given.get(one.name);
    return value === undefined ? one : { ...one, value, source: 'given' };
  });
  const inputs = Object.fromEntries(told.map(({ name, value }) => [name, value]));
  return { inputs: inputs as unknown as Inputs, told };
}
