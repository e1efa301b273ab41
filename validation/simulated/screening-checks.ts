import { analyseRun } from '../../src/analysis/analyse-run.js';
import { quietWorld } from '../../src/model/simulation-model.js';
import { isClaim, type VerdictKind } from '../../src/model/run/comparison.js';
import { mean } from '../../src/stats/mean.js';
import { hasClaim, reports, weather } from './claims.js';
import { countNights, simulateNight, verdictsOf, type Night } from './nights.js';
import { atMostFive, type ValidationCheck } from './validation-check.js';

const confirm = { top: 1, screeningBlocks: 3 } as const;
const noisy = { configuration: 'c2', times: 3 } as const;

const equals: readonly (readonly [string, Night])[] = [
  ['6', { configurations: 7, blocks: 6, confirm, weather: weather(0.1) }],
  [
    '20, three kept',
    { configurations: 21, blocks: 6, confirm: { ...confirm, top: 3 }, weather: weather(0.1) },
  ],
  [
    '6, one of them three times as noisy',
    {
      configurations: 7,
      blocks: 6,
      confirm,
      weather: weather(0.05, { noise: { ...quietWorld.noise, trial: 0.05, noisy } }),
    },
  ],
  [
    'a grid of three factors, with the keys of its best',
    { configurations: 0, factors: 3, blocks: 6, confirm, weather: weather(0.1) },
  ],
  [
    '6, on a machine whose speed varies by 10 % (AR(1), .6)',
    {
      ...{ configurations: 7, blocks: 6, confirm },
      weather: weather(0.03, { speed: { sd: 0.1, correlation: 0.6 } }),
    },
  ],
];

/** One candidate is 10 % better than the baseline and than all others. */
const oneBetter = (candidates: number, more: Partial<Night>): Night => ({
  ...{ configurations: candidates + 1, blocks: 10, gains: [0.1] },
  weather: weather(0.07),
  ...more,
});

const isFound = (night: Night) => (seed: number) =>
  verdictsOf(simulateNight(night, seed)).get('c1')?.kind === 'better';

const found = (night: Night) => (nights: number) => countNights(nights, isFound(night)) / nights;

/** All candidates are 10 % better, so that the best of the screening is only the luckiest. */
const allBetter: Night = {
  ...{ configurations: 9, blocks: 6, confirm, gains: new Array<number>(8).fill(0.1) },
  weather: weather(0.07),
};

const allJudged: Night = {
  ...{ configurations: 9, blocks: 9, gains: new Array<number>(8).fill(0.1) },
  weather: weather(0.07),
};

/** By how much the largest estimate of those with these verdicts is too large, as the mean over nights. */
function overstatement(night: Night, truth: number, kinds: readonly VerdictKind[]) {
  return (nights: number) => {
    const excess = Array.from({ length: nights }, (_, index) => {
      const { rows } = analyseRun(simulateNight(night, index + 1));
      const best = rows
        .filter(({ throughput }) => throughput !== null && kinds.includes(throughput.kind))
        .map(({ throughput }) => throughput?.estimate?.gain ?? NaN)
        .sort((a, b) => b - a)[0];
      return best === undefined ? [] : [best - truth];
    }).flat();
    return mean(excess);
  };
}

/** The share of claims whose interval misses the true gain, of all claims on c1. */
function missedGivenClaim(night: Night, truth: number) {
  return (nights: number) => {
    let [claims, missed] = [0, 0];
    for (let seed = 1; seed <= nights; seed += 1) {
      const verdict = verdictsOf(simulateNight(night, seed)).get('c1') ?? null;
      const interval = verdict?.estimate?.interval;
      if (!isClaim(verdict?.kind) || !interval) continue;
      claims += 1;
      if (!(interval.low <= truth && truth <= interval.high)) missed += 1;
    }
    return missed / Math.max(1, claims);
  };
}

const trialsOf = (night: Night) => simulateNight(night, 1).trials.length;

const screened6 = oneBetter(6, { confirm: { top: 1, screeningBlocks: 4 } });
const screened20 = oneBetter(20, { blocks: 13, confirm: { top: 2, screeningBlocks: 4 } });
const fixed6 = oneBetter(6, { blocks: 14 });
const fixed20 = oneBetter(20, { blocks: 17 });
const looks = { blocks: 12, looks: [4, 8, 12], worthwhile: 0.1 } as const;
const dropping = { configurations: 7, weather: weather(0.07), ...looks } as const;

/** A screening that makes no claim, fresh blocks that alone decide, and looks that drop what is not worth having. */
export const screeningChecks: readonly ValidationCheck[] = [
  ...equals.map(([what, night]): ValidationCheck => ({
    id: 'S1',
    what: `any false claim in the whole report after a screening, all equal the baseline: ${what}`,
    measure: reports(night, hasClaim),
    limits: atMostFive,
  })),
  {
    id: 'S2',
    what: 'the interval of a claim misses the true gain of 10 % after a screening of 6, 7 % noise, 4 + 10 blocks',
    measure: missedGivenClaim(screened6, 0.1),
    limits: atMostFive,
  },
  {
    id: 'S3',
    what: 'overstatement of the best of 8 that all gain 10 %, after a screening, 3 + 6 blocks, 7 % noise, whatever its verdict',
    measure: overstatement(allBetter, 0.1, ['better', 'worse', 'equivalent', 'inconclusive']),
    limits: (nights) =>
      nights >= 2_000 ? { least: -0.005, most: 0.005 } : { least: -0.01, most: 0.01 },
  },
  {
    id: 'S3',
    what: 'the same where it is called better, for which it needs some luck too',
    measure: overstatement(allBetter, 0.1, ['better']),
    limits: () => ({ least: 0, most: 0.02 }),
  },
  {
    id: 'S3',
    what: 'the same when all 8 are judged in the 9 blocks that rank them',
    measure: overstatement(allJudged, 0.1, ['better']),
    limits: () => ({ least: 0.02 }),
  },
  ...(
    [
      ['6', screened6, fixed6],
      ['20', screened20, fixed20],
    ] as const
  ).flatMap(([candidates, screened, fixed]): ValidationCheck[] => [
    {
      id: 'S4',
      what: `one of ${candidates} that gains 10 % is confirmed, 7 % noise, ${String(trialsOf(screened))} trials`,
      measure: found(screened),
      limits: () => ({ least: 0.74 }),
    },
    {
      id: 'S4',
      what: `the same without a screening, ${String(trialsOf(fixed))} trials`,
      measure: found(fixed),
      limits: () => ({ least: 0.74 }),
    },
  ]),
  {
    id: 'S5',
    what: 'any false claim among 6 that equal the baseline, looks at 4, 8 and 12 that drop what is not worth 10 %',
    measure: reports(dropping, hasClaim),
    limits: atMostFive,
  },
  {
    id: 'S5',
    what: 'the trials that such a night runs, as a share of all planned',
    measure: (nights) => {
      const shares = Array.from({ length: Math.min(nights, 500) }, (_, index) => {
        const run = simulateNight(dropping, index + 1);
        return run.trials.length / (12 * 8);
      });
      return mean(shares);
    },
    limits: () => ({ most: 0.8 }),
  },
  {
    id: 'S5',
    what: 'a gain of exactly the worthwhile 10 % is dropped, looks at 4, 8 and 12, 7 % noise',
    measure: (nights) =>
      countNights(nights, (seed) => {
        const run = simulateNight({ ...dropping, gains: [0.1] }, seed);
        return verdictsOf(run).get('c1')?.kind === 'not-worthwhile';
      }) / nights,
    limits: () => ({ most: 0.15 }),
  },
  {
    id: 'S5',
    what: 'a gain of 20 % among 6 is called better with such looks, 7 % noise',
    measure: found({ ...dropping, gains: [0.2] }),
    limits: () => ({ least: 0.9 }),
  },
];
