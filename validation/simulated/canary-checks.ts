import { canaryChoice } from '../../src/analysis/judge/canary-choice.js';
import { indexTrials } from '../../src/analysis/trial-index.js';
import type { CanaryChoice } from '../../src/model/run/canary-choice.js';
import { isClaim } from '../../src/model/run/comparison.js';
import { hasClaim, reports } from './claims.js';
import { covers, fixed, noise, share, single } from './night-checks.js';
import { countNights, simulateNight, verdictsOf, type Night, type Weather } from './nights.js';
import { atMostFive, type ValidationCheck } from './validation-check.js';

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
const givenChecks: readonly ValidationCheck[] = [
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
      measure: share({ configurations: 5, blocks: 8, weather }, ({ kind }) => isClaim(kind)),
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

/** How often `canary: auto` comes to a choice. */
function chosen(night: Night, kind: CanaryChoice['kind']) {
  return (nights: number) =>
    countNights(nights, (seed) => {
      const run = simulateNight(night, seed);
      return canaryChoice(indexTrials(run))?.kind === kind;
    }) / nights;
}

const seesHalf = { ...walkingSpeed, canary: { ...goodCanary, correlation: 0.5 } };
const chosenCanaries: readonly (readonly [string, Weather])[] = [
  ...canaries.slice(0, 3),
  ['of correlation 0.5 with the speed', seesHalf],
];
const four: Pick<Night, 'configurations' | 'blocks' | 'choosesCanary'> = {
  ...{ configurations: 5, blocks: 8, choosesCanary: true },
};

/** `canary: auto`: what it decides, and that deciding it makes no verdict false. */
const choiceChecks: readonly ValidationCheck[] = [
  ...chosenCanaries.flatMap(([name, weather]): ValidationCheck[] => [
    {
      id: 'V20',
      what: `any false claim among 4 that equal the baseline, 8 blocks, canary: auto, a canary ${name}`,
      measure: share({ ...four, weather }, ({ kind }) => isClaim(kind)),
      limits: atMostFive,
    },
    {
      id: 'V20',
      what: `the interval holds a true gain of 10 %, 8 blocks, canary: auto, a canary ${name}`,
      measure: share(
        { ...single(0.1, 0, { blocks: 8 }), choosesCanary: true, weather },
        covers(0.1),
      ),
      limits: (nights) => (nights >= 2_000 ? { least: 0.937 } : { least: 0.924 }),
    },
  ]),
  {
    id: 'V20',
    what: 'any false claim in the whole report after a screening of 6 equals, canary: auto, a canary without any relation to the speed',
    measure: reports(
      {
        ...{ configurations: 7, blocks: 6, confirm: { top: 1, screeningBlocks: 3 } },
        ...{ choosesCanary: true, weather: canaries[1]?.[1] ?? {} },
      },
      hasClaim,
    ),
    limits: atMostFive,
  },
  {
    id: 'V20',
    what: 'canary: auto keeps a canary of correlation 0.9 with the speed, 4 candidates',
    measure: chosen({ ...four, weather: canaries[0]?.[1] ?? {} }, 'kept'),
    limits: fixed(0.95, undefined),
  },
  {
    id: 'V20',
    what: 'the same with a correlation of 0.5',
    measure: chosen({ ...four, weather: seesHalf }, 'kept'),
    limits: fixed(0.75, undefined),
  },
  {
    id: 'V20',
    what: 'canary: auto leaves a canary out that has no relation to the speed, 4 candidates',
    measure: chosen({ ...four, weather: canaries[1]?.[1] ?? {} }, 'left-out'),
    limits: fixed(0.45, undefined),
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

/** The canary, given or chosen. */
export const canaryChecks: readonly ValidationCheck[] = [...givenChecks, ...choiceChecks];
