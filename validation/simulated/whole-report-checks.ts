import { analyseRun } from '../../src/analysis/analyse-run.js';
import { isClaim, type Verdict } from '../../src/model/run/comparison.js';
import type { RunRecord } from '../../src/model/run/run-record.js';
import { quietWorld } from '../../src/model/simulation-model.js';
import { median } from '../../src/stats/quantile.js';
import { hasClaim, reports, weather } from './claims.js';
import { countNights, simulateNight, verdictsOf, type Night } from './nights.js';
import { atMostFive, type ValidationCheck } from './validation-check.js';

const equals: readonly (readonly [string, Night])[] = [
  ...([2, 5, 9, 21] as const).map(
    (configurations) =>
      [
        `${String(configurations - 1)} that equal the baseline, 6 blocks, 10 % noise`,
        { configurations, blocks: 6, weather: weather(0.1) },
      ] as const,
  ),
  ...([2, 4, 12] as const).map(
    (blocks) =>
      [
        `4 that equal the baseline, ${String(blocks)} blocks, 10 % noise`,
        { configurations: 5, blocks, weather: weather(0.1) },
      ] as const,
  ),
  [
    'a grid of three factors that do nothing, 6 blocks, 10 % noise',
    { configurations: 0, factors: 3, blocks: 6, weather: weather(0.1) },
  ],
  [
    '8 that equal the baseline, and a twentieth of all trials fails, 8 blocks',
    { configurations: 9, blocks: 8, weather: weather(0.1), failing: 0.05 },
  ],
  ...(['insufficient', 'timed-out'] as const).map(
    (as) =>
      [
        `4 that equal the baseline, slow trials are lost (${as === 'timed-out' ? 'time-out' : 'too few batches'}), 6 blocks, 10 % noise`,
        { configurations: 5, blocks: 6, weather: weather(0.1), lost: { slower: 0.1, as } },
      ] as const,
  ),
  [
    '4 that equal the baseline, which fails in a fifth of its trials, 8 blocks',
    { configurations: 5, blocks: 8, weather: weather(0.1), failingBaseline: 0.2 },
  ],
  [
    '4 that equal the baseline, the machine’s speed varies by 10 % (AR(1), .6), 8 blocks',
    {
      ...{ configurations: 5, blocks: 8 },
      weather: weather(0.03, { speed: { sd: 0.1, correlation: 0.6 } }),
    },
  ],
  [
    '4 that equal the baseline, all rates fall by 30 % in the middle of the night, 8 blocks',
    { configurations: 5, blocks: 8, weather: weather(0.05), step: -0.3 },
  ],
  [
    '4 that equal the baseline, under an offered load, 6 blocks, 10 % noise',
    { configurations: 5, blocks: 6, weather: weather(0.1), offered: true },
  ],
  [
    '4 that equal the baseline, interim looks at 4, 8 and 12 blocks',
    { configurations: 5, blocks: 12, looks: [4, 8, 12], weather: weather(0.1) },
  ],
];

const falseClaims = equals.map(([what, night]): ValidationCheck => ({
  id: 'R1',
  what: `any false claim in the whole report: ${what}`,
  measure: reports(night, hasClaim),
  limits: atMostFive,
}));

/** Skewed noise, and one configuration three times as noisy: nothing is normal here. */
const skewed: ValidationCheck = {
  id: 'R1',
  what: 'any false claim in the whole report: 4 that equal the baseline, skewed (exponential) noise of 5 %, one 3 times as noisy, 8 blocks',
  measure: reports(
    {
      ...{ configurations: 5, blocks: 8 },
      weather: weather(0.05, {
        noise: {
          ...quietWorld.noise,
          ...{ trial: 0.05, skewed: true, noisy: { configuration: 'c2', times: 3 } },
        },
      }),
    },
    hasClaim,
  ),
  limits: (nights) => ({ most: nights >= 2_000 ? 0.075 : 0.09 }),
};

/** The record as it stood when a block had ended. */
function after(run: RunRecord, block: number): RunRecord {
  return {
    ...run,
    state: 'running',
    trials: run.trials.filter(({ trial }) => trial.block <= block),
  };
}

/** The change that a run of such a night says it can detect, as the median over nights. */
function promised(night: Night): number {
  const seeds = Array.from({ length: 100 }, (_, index) => 10_000 + index);
  const changes = seeds.flatMap(
    (seed) => analyseRun(simulateNight(night, seed)).sensitivity.minimumDetectable ?? [],
  );
  return median(changes) ?? NaN;
}

/** How often a configuration with the promised change is found, when all others equal the baseline. */
const powerAtPromise = (night: Night) => (nights: number) => {
  const gains = [promised(night)];
  const found = (seed: number) =>
    isClaim(verdictsOf(simulateNight({ ...night, gains }, seed)).get('c1')?.kind);
  return countNights(nights, found) / nights;
};

const power = (
  [
    [1, 4],
    [4, 6],
    [8, 4],
    [8, 8],
  ] as const
).map(([candidates, blocks]): ValidationCheck => ({
  id: 'R2',
  what: `a change as large as the report says it can detect is found: ${String(candidates)} configurations, ${String(blocks)} blocks`,
  measure: powerAtPromise({ configurations: candidates + 1, blocks, weather: weather(0.07) }),
  limits: () => ({ least: 0.73, most: 0.87 }),
}));

const others: readonly ValidationCheck[] = [
  {
    id: 'R3',
    what: 'a claim in a report that is read after every block, before the last has ended',
    measure: (nights) =>
      countNights(nights, (seed) => {
        const run = simulateNight({ configurations: 5, blocks: 6, weather: weather(0.1) }, seed);
        return [1, 2, 3, 4, 5].some((block) => hasClaim(analyseRun(after(run, block))));
      }) / nights,
    limits: () => ({ most: 0 }),
  },
  {
    id: 'R4',
    what: 'the A/A control fails, 6 blocks, 10 % noise',
    measure: reports(
      { configurations: 5, blocks: 6, weather: weather(0.1) },
      ({ sensitivity }) => sensitivity.control?.result === 'failed',
    ),
    limits: atMostFive,
  },
  {
    id: 'R5',
    what: 'any of 8 with a true gain of δ = 5 % is called equivalent, 2 % noise, 6 blocks',
    measure: reports(
      {
        configurations: 9,
        blocks: 6,
        weather: weather(0.02),
        gains: new Array<number>(8).fill(0.05),
      },
      ({ rows }) => rows.some(({ throughput }) => throughput?.kind === 'equivalent'),
    ),
    limits: atMostFive,
  },
  {
    id: 'R6',
    what: 'any of 8 that equal the baseline is ineligible where a twentieth of all trials fails, 8 blocks',
    measure: reports(
      { configurations: 9, blocks: 8, weather: weather(0.1), failing: 0.05 },
      ({ rows }) => rows.some(({ throughput }) => throughput?.kind === 'ineligible'),
    ),
    limits: atMostFive,
  },
  {
    id: 'R7',
    what: 'the interval of a claim misses the true gain, of all claims about gains of 0, 5, 10 and 20 %, 6 blocks, 7 % noise',
    measure: (nights) => missedShare(nights, [0, 0.05, 0.1, 0.2]),
    limits: atMostFive,
  },
  {
    id: 'R8',
    what: 'the verdict and the interval of any configuration contradict each other, 8 blocks, 5 % noise',
    measure: reports(
      { configurations: 9, blocks: 8, weather: weather(0.05), gains: [0.05, 0.1, -0.1, 0.02] },
      ({ rows }) => rows.some(({ throughput, latency }) => [throughput, latency].some(contradicts)),
    ),
    limits: () => ({ most: 0 }),
  },
];

function contradicts(verdict: Verdict | null): boolean {
  const interval = verdict?.estimate?.interval ?? null;
  if (interval === null) return false;
  return isClaim(verdict?.kind) === (interval.low <= 0 && interval.high >= 0);
}

/** The mean over nights of the share of claims whose interval misses the truth (0 in a night without claims). */
function missedShare(nights: number, gains: readonly number[]): number {
  let sum = 0;
  for (let seed = 1; seed <= nights; seed += 1) {
    const night = { configurations: gains.length + 1, blocks: 6, weather: weather(0.07), gains };
    const claims = [...verdictsOf(simulateNight(night, seed))].filter(([, one]) =>
      isClaim(one.kind),
    );
    const missed = claims.filter(([id, { estimate }]) => {
      const truth = gains[Number(id.slice(1)) - 1] ?? NaN;
      const { low, high } = estimate?.interval ?? { low: NaN, high: NaN };
      return !(low <= truth && truth <= high);
    });
    sum += missed.length / Math.max(1, claims.length);
  }
  return sum / nights;
}

/** A reader takes any better or worse anywhere in a report for true: so these are about the report as a whole. */
export const wholeReportChecks: readonly ValidationCheck[] = [
  ...falseClaims,
  skewed,
  ...power,
  ...others,
];
