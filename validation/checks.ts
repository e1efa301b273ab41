import { measureTrial } from '../src/measure/measure-trial.js';
import type { Verdict } from '../src/model/run/comparison.js';
import { seededRandom } from '../src/model/seeded-random.js';
import { quietWorld, type SimulationModel } from '../src/model/simulation-model.js';
import { simulateBatches } from '../src/execution/simulated/simulate-batches.js';
import { peekingClaims, pooledBatchesClaim, sequentialOrderClaims } from './forbidden.js';
import { atMostFive, type ValidationCheck } from './validation-check.js';
import { compareChecks } from './compare-checks.js';
import { screeningChecks } from './screening-checks.js';
import { wholeReportChecks } from './whole-report-checks.js';
import { countNights, simulateNight, verdictsOf, type Night, type Weather } from './nights.js';

const noise = quietWorld.noise;
const weathers: readonly (readonly [string, Weather])[] = [
  ['independent noise of 10 %', { noise: { ...noise, trial: 0.1 } }],
  ['10 % noise and a drift of 20 %', { noise: { ...noise, trial: 0.1 }, drift: 0.2 }],
  ['5 % noise and a random walk of 3 % a trial', { noise: { ...noise, trial: 0.05 }, walk: 0.03 }],
  [
    '5 % noise, and one trial in ten 40 % slower',
    { noise: { ...noise, trial: 0.05, outliers: 0.1 } },
  ],
  [
    '5 % noise, one configuration 3 times as noisy',
    { noise: { ...noise, trial: 0.05, noisy: { configuration: 'c2', times: 3 } } },
  ],
];

const isClaim = ({ kind }: Verdict) => kind === 'better' || kind === 'worse';

/** The share of nights in which at least one verdict has a property. */
function share(night: Night, holds: (verdict: Verdict) => boolean) {
  return (nights: number) =>
    countNights(nights, (seed) =>
      [...verdictsOf(simulateNight(night, seed)).values()].some(holds),
    ) / nights;
}

/** The baseline and one configuration with a true gain. */
function single(gain: number, sd: number, more: Partial<Night> = {}): Night {
  return {
    configurations: 2,
    blocks: 6,
    weather: { noise: { ...noise, trial: sd } },
    gains: [gain],
    ...more,
  };
}

function covers(gain: number) {
  return ({ estimate }: Verdict) => {
    const interval = estimate?.interval;
    return (
      interval !== null && interval !== undefined && interval.low <= gain && gain <= interval.high
    );
  };
}

/** Bias of the measured throughput in noiseless trials whose steady rate is known. */
function warmupBias(shape: SimulationModel['warmup']) {
  return () => {
    const events = simulateBatches(
      {
        rowsPerSecond: 20_000,
        batches: 30,
        batchRows: 5_000,
        warmup: shape,
        noise: { sd: 0, correlation: 0 },
        startedAt: 0,
      },
      seededRandom(1),
    );
    const measured = measureTrial(events, { warmupSeconds: 0 }).rowsPerSecond ?? 0;
    return Math.abs(measured / 20_000 - 1);
  };
}

const fixed = (least: number | undefined, most: number | undefined) => () => ({
  ...(least === undefined ? {} : { least }),
  ...(most === undefined ? {} : { most }),
});

const walkingSpeed = { noise: { ...noise, trial: 0.03 }, speed: { sd: 0.12, correlation: 0.6 } };
const goodCanary = { correlation: 0.9, slope: 1, jumps: 0, missing: 0 };
const canaries: readonly (readonly [string, Weather])[] = [
  ['of correlation 0.9 with the speed', { ...walkingSpeed, canary: goodCanary }],
  ['without any relation to it', { ...walkingSpeed, canary: { ...goodCanary, correlation: 0 } }],
  [
    'that jumps in a tenth of the trials',
    { ...walkingSpeed, canary: { ...goodCanary, jumps: 0.1 } },
  ],
  [
    'without a reading in a fifth of them',
    { ...walkingSpeed, canary: { ...goodCanary, missing: 0.2 } },
  ],
  [
    'that sees a third of each change (slope −3)',
    { ...walkingSpeed, canary: { ...goodCanary, slope: 1 / 3 } },
  ],
];

/** The canary, accurate and inaccurate: adjusting for it must never make a verdict false. */
const canaryChecks: readonly ValidationCheck[] = [
  {
    id: 'V17',
    what: 'smallest detectable change with a canary of correlation 0.9, as a share of that without, 6 blocks',
    measure: (nights) =>
      detectableRatio(nights, {
        configurations: 4,
        blocks: 6,
        weather: { ...walkingSpeed, noise, canary: goodCanary },
      }),
    limits: fixed(undefined, 0.6),
  },
  ...canaries.flatMap(([name, weather]): ValidationCheck[] => [
    {
      id: 'V18',
      what: `any false claim among 4 that equal the baseline, 8 blocks, a canary ${name}`,
      measure: share({ configurations: 5, blocks: 8, weather }, isClaim),
      limits: atMostFive,
    },
    {
      id: 'V18',
      what: `the interval holds a true gain of 10 %, 6 blocks, a canary ${name}`,
      measure: share({ ...single(0.1, 0), weather }, covers(0.1)),
      limits: (nights) => (nights >= 2_000 ? { least: 0.937 } : { least: 0.924 }),
    },
    {
      id: 'V18',
      what: `a gain of 5 % is called worse, 6 blocks, a canary ${name}`,
      measure: share({ ...single(0.05, 0), weather }, ({ kind }) => kind === 'worse'),
      limits: fixed(undefined, 0.005),
    },
  ]),
];

/** Interim looks at 4, 8 and 12 blocks, compared with looking after every block. */
const lookChecks: readonly ValidationCheck[] = [
  {
    id: 'looks',
    what: 'a false claim about a configuration that equals the baseline, interim looks at 4, 8 and 12 blocks',
    measure: share({ ...single(0, 0.1, { blocks: 12 }), looks: [4, 8, 12] }, isClaim),
    limits: atMostFive,
  },
  {
    id: 'looks',
    what: 'a gain of 20 % is called better by 12 blocks, noise 10 %',
    measure: share(
      { ...single(0.2, 0.1, { blocks: 12 }), looks: [4, 8, 12] },
      ({ kind }) => kind === 'better',
    ),
    limits: fixed(0.9, undefined),
  },
  {
    id: 'V11',
    what: 'false claims when the run is judged at 5 % after every block from 3 to 12',
    measure: (nights) => countNights(nights, peekingClaims) / nights,
    limits: fixed(0.15, undefined),
  },
];

/** Median over nights of the ratio of the detectable changes with and without the canary, as the reports print them. */
function detectableRatio(nights: number, night: Night): number {
  const ratios = Array.from({ length: nights }, (_, index) => {
    const [verdict] = verdictsOf(simulateNight(night, index + 1)).values();
    const [after, before] = [verdict?.estimate, verdict?.unadjusted];
    return (after?.minimumDetectable ?? NaN) / (before?.minimumDetectable ?? NaN);
  });
  return ratios.sort((a, b) => a - b)[nights >> 1] ?? NaN;
}

/** The checks listed in docs/validation.md. */
export const checks: readonly ValidationCheck[] = [
  ...weathers.map(([name, weather]) => ({
    id: 'V1',
    what: `any false claim among 4 configurations that equal the baseline, 8 blocks: ${name}`,
    measure: share({ configurations: 5, blocks: 8, weather }, isClaim),
    limits: atMostFive,
  })),
  ...[4, 8, 12].map((blocks) => ({
    id: 'V2',
    what: `the 95 % interval holds a true gain of 10 %, ${String(blocks)} blocks, normal noise`,
    measure: share(single(0.1, 0.1, { blocks }), covers(0.1)),
    limits: (nights: number) =>
      nights >= 2_000 ? { least: 0.937, most: 0.963 } : { least: 0.924, most: 0.976 },
  })),
  ...[4, 8, 12].map((blocks) => ({
    id: 'V2',
    what: `the same with exponential (skewed) noise, ${String(blocks)} blocks`,
    measure: share(
      single(0.1, 0, { blocks, weather: { noise: { ...noise, trial: 0.1, skewed: true } } }),
      covers(0.1),
    ),
    limits: fixed(0.9, undefined),
  })),
  ...(
    [
      [0.1, 0.03, 0.85],
      [0.2, 0.03, 0.99],
      [0.1, 0.05, 0.6],
    ] as const
  ).map(([gain, sd, least]) => ({
    id: 'V3',
    what: `a gain of ${String(100 * gain)} % is called better, noise ${String(100 * sd)} %, 6 blocks`,
    measure: share(single(gain, sd), ({ kind }) => kind === 'better'),
    limits: fixed(least, undefined),
  })),
  ...(
    [
      ['a true gain of δ = 5 % is called equivalent', 0.05, 0.02, undefined, 0.05],
      ['a true gain of 2δ = 10 % is called equivalent', 0.1, 0.02, undefined, 0.005],
      ['no gain at all is called equivalent', 0, 0.02, 0.6, undefined],
    ] as const
  ).map(([what, gain, sd, least, most]) => ({
    id: 'V4',
    what: `${what}, noise ${String(100 * sd)} %, 6 blocks`,
    measure: share(single(gain, sd), ({ kind }) => kind === 'equivalent'),
    limits: fixed(least, most),
  })),
  {
    id: 'V5',
    what: 'a gain of 5 % is called worse, noise 10 %, 6 blocks',
    measure: share(single(0.05, 0.1), ({ kind }) => kind === 'worse'),
    limits: fixed(undefined, 0.005),
  },
  {
    id: 'V8',
    what: 'bias of the throughput when only the first batch is slow (10 times)',
    measure: warmupBias({ firstBatch: 10, depth: 0, batches: 1 }),
    limits: fixed(undefined, 0.01),
  },
  {
    id: 'V8',
    // 23,400 of 39,000 rows/s: where a real JVM started and settled (docs/method.md, "Warm-up").
    what: 'bias when the rate starts at 60 % and warms with τ = 6 of 30 batches',
    measure: warmupBias({ firstBatch: 1, depth: 0.4, batches: 6 }),
    limits: fixed(undefined, 0.035),
  },
  {
    id: 'V11',
    what: 'false claims of a Mann-Whitney test on the pooled batches of one trial a side',
    measure: (nights) => countNights(nights, pooledBatchesClaim) / nights,
    limits: fixed(0.15, undefined),
  },
  {
    id: 'V11',
    what: 'false claims when all of A run before all of B, under a drift of 10 %',
    measure: (nights) => countNights(nights, sequentialOrderClaims) / nights,
    limits: fixed(0.15, undefined),
  },
  ...canaryChecks,
  ...lookChecks,
  ...wholeReportChecks,
  ...screeningChecks,
  ...compareChecks,
];
