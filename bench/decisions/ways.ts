import { screeningBlocksFor } from '../../src/design/plan-screening.js';
import { trialsOfDriver } from '../../src/model/session-record.js';
import { quietWorld } from '../../src/model/simulation-model.js';
import type { RunRecord } from '../../src/model/run/run-record.js';
import type { Night, Weather } from '../../validation/simulated/nights.js';
import type { Inputs } from './inputs.js';

/** A way to come to a decision. */
export interface Way {
  readonly name: string;
  /** The parts of a night that differ; with this many blocks that judge. */
  readonly night: (blocks: number) => Pick<Night, 'weather'> & Partial<Night>;
  /** What a night of it takes. */
  readonly seconds: (run: RunRecord) => number;
}

/** The ways that are compared, with these costs. */
export function waysOf(inputs: Inputs): Way[] {
  const { bareSeconds, archiveSeconds } = inputs;
  const cold = weatherOf(inputs.coldSd, inputs);
  // Trials that take turns meet the same machine; what is left of its moves is in the noise that was measured.
  const shared = weatherOf(inputs.sessionSd, { ...inputs, speedSd: 0 });
  const confirm = (blocks: number) => ({
    confirm: { top: 1, screeningBlocks: screeningBlocksFor(blocks) },
  });
  const withCanary = inputs.speedSd > 0;
  return [
    {
      name: '(a) cold, no archive, every candidate judged (Holm)',
      night: () => ({ weather: unread(cold) }),
      seconds: ({ trials }) => trials.length * bareSeconds,
    },
    {
      name: `(b) cold, class archive, screen and confirm${withCanary ? ', canary: auto' : ''}`,
      night: (blocks) => ({
        weather: withCanary ? cold : unread(cold),
        choosesCanary: withCanary,
        ...confirm(blocks),
      }),
      seconds: ({ trials }) => trials.length * archiveSeconds * (withCanary ? canaryCost : 1),
    },
    {
      name: '(auto) screen in sessions, confirm cold with the archive',
      night: (blocks) => ({
        ...{ weather: unread(cold), screeningWeather: unread(shared) },
        ...confirm(blocks),
      }),
      seconds: ({ trials, plan }) => {
        const screening = plan.screening?.blocks ?? 0;
        const inSession = trials.filter(({ trial }) => trial.block <= screening).length;
        return sessions(inSession, inputs) + (trials.length - inSession) * archiveSeconds;
      },
    },
    {
      name: '(c) sessions in turns, screen and confirm',
      night: (blocks) => ({ weather: unread(shared), ...confirm(blocks) }),
      seconds: ({ trials }) => sessions(trials.length, inputs),
    },
  ];
}

/** What the canary's readings take, if they go on to the end (docs/validation.md). */
const canaryCost = 1.02;

function sessions(trials: number, { sessionSeconds, driverSeconds }: Inputs): number {
  return trials * sessionSeconds + Math.ceil(trials / trialsOfDriver) * driverSeconds;
}

/** A machine whose speed goes as an AR(1) with correlation .6, seen by the canary, and what is the trials' own. */
function weatherOf(sd: number, { speedSd, canaryCorrelation: correlation }: Inputs): Weather {
  return {
    noise: { ...quietWorld.noise, trial: sd },
    speed: { sd: speedSd, correlation: 0.6 },
    canary: { correlation, slope: 1, jumps: 0, missing: 0 },
  };
}

function unread(weather: Weather): Weather {
  return { ...weather, canary: null };
}
