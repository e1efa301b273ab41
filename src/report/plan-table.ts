import type { Budget } from '../model/run/budget.js';
import type { ScreeningOutlook } from '../model/run/screening-outlook.js';
import type { Configuration } from '../model/configuration.js';
import type { DataSurvey, Experiment } from '../model/experiment.js';
import { levelText, type Assignment } from '../model/knob.js';
import type { TrialTimes } from '../model/run/trial-times.js';
import { trialsOf, type Plan } from '../model/trial/plan.js';
import { textTable } from './terminal/text-table.js';
import { wrapText } from './terminal/wrap-text.js';
import { forecastText, timeText, waysOf } from './words/run/forecast-text.js';
import { executorPlan } from './words/run/executor-text.js';
import { versionOutlook } from './words/run/version-text.js';
import { screeningSentences } from './words/screening-outlook-text.js';
import { configurationName, count, duration, magnitude, plural } from './words/wording.js';

interface PlanParts {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly forecast: {
    readonly trials: number;
    readonly perTrialSeconds: number;
    readonly totalSeconds: number;
    readonly times: TrialTimes;
    readonly drivers: number;
    readonly screening: ScreeningOutlook | null;
    readonly configurations: readonly {
      readonly id: string;
      readonly trials: number;
      readonly mostTrials: number;
      readonly seconds: number;
      readonly sessionSeconds: number;
      readonly countedBatches: { readonly low: number; readonly high: number };
    }[];
  };
  readonly data: DataSurvey;
}

/**
 * How long a plan will take, and a row for each configuration: its id, its trials, and what each of them gives; in lines of
 * at most this width.
 */
export function renderPlan(parts: PlanParts, width: number): string {
  const { experiment, plan, forecast } = parts;
  const constants = pairs(experiment.knobs);
  const baseline = pairs(experiment.baseline);
  const versions = versionOutlook(experiment);
  const ways = waysOf(plan, forecast);
  const run = forecast.configurations.filter((one) => one.trials > 0).length;
  const wrapped = (text: string) => wrapText(text, width, '  ');
  return [
    ...wrapped([experiment.name, experiment.description].filter((part) => part !== '').join(': ')),
    ...wrapped(forecastText(forecast, ways)),
    ...wrapped(
      `${plan.screening === undefined ? '' : 'At most '}${plural(forecast.trials, 'trial')}: ${plural(run, 'configuration')} in ${plural(plan.blocks.length, 'block')}, order from seed ${String(plan.seed)}, on ${dataText(parts)}.`,
    ),
    ...screeningSentences(forecast.screening).flatMap(wrapped),
    ...(versions === undefined ? [] : wrapped(versions)),
    ...executorPlan(experiment, sharedTrials(parts)).flatMap(wrapped),
    ...(constants.length > 0 ? wrapped(`in every configuration: ${constants.join('  ')}`) : []),
    ...(baseline.length > 0 ? wrapped(`baseline: ${baseline.join('  ')}`) : []),
    configurationTable(parts, width),
    ...wrapped(
      'A trial needs 10 batches that count. Their number depends on the machine: fewest and most are for speeds from 1.5 times as slow to 3 times as fast as the forecast assumes. The time is that of one trial' +
        (ways === 'both' ? ', in a session or in a process of its own.' : '.'),
    ),
  ].join('\n');
}

function sharedTrials({ plan, forecast }: PlanParts): number {
  const shared = plan.blocks.filter(({ number }) => forecast.times.sessionBlocks.includes(number));
  return trialsOf({ blocks: shared }).length;
}

function configurationTable({ experiment, plan, forecast }: PlanParts, width: number): string {
  const ways = waysOf(plan, forecast);
  const forecasts = new Map(forecast.configurations.map((one) => [one.id, one]));
  return textTable(
    [
      { label: 'id', align: 'left' },
      { label: 'configuration', align: 'left' },
      { label: 'trials', align: 'right', leaves: 1 },
      { label: 'batches that count', align: 'right' },
      { label: 'time', align: 'right' },
    ],
    plan.configurations.map((configuration) => {
      const found = forecasts.get(configuration.id);
      const isRun = found !== undefined && found.trials > 0;
      return [
        configuration.id,
        nameOf(configuration, experiment.baseline),
        trialsText(found),
        isRun ? rangeText(found.countedBatches) : '',
        isRun ? timeText(found, ways) : '',
      ];
    }),
    width,
  );
}

/** `6`, or `3 or 9` for a candidate that a screening may keep. */
function trialsText(found: { readonly trials: number; readonly mostTrials: number } | undefined) {
  const { trials, mostTrials } = found ?? { trials: 0, mostTrials: 0 };
  return trials === mostTrials ? count(trials) : `${count(trials)} or ${count(mostTrials)}`;
}

function nameOf(configuration: Configuration, baseline: Assignment): string {
  const name = configurationName(configuration, baseline);
  const { inert } = configuration;
  return inert === undefined ? name : `${name}\ninert: the same as ${inert.same}`;
}

/** Every trial of a plan in the order in which they run. */
export function renderTrials(
  { experiment, plan }: Pick<PlanParts, 'experiment' | 'plan'>,
  width: number,
): string {
  return textTable(
    [
      { label: 'trial', align: 'left' },
      { label: 'block', align: 'left', leaves: 1 },
      { label: 'configuration', align: 'left' },
    ],
    trialsOf(plan).map(({ id, block, configuration }) => [
      id,
      String(block),
      configurationName(configuration, experiment.baseline),
    ]),
    width,
  );
}

function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? count(low) : `${count(low)} to ${count(high)}`;
}

function dataText({ data: { records, how } }: PlanParts): string {
  if (how === 'estimated')
    return `about ${plural(records, 'record')} (estimated from the file's size)`;
  const where = { counted: ' (counted in the file)', offsets: ' (by the offsets of the topic)' };
  return `${plural(records, 'record')}${how === 'declared' ? '' : where[how]}`;
}

function pairs(knobs: Assignment): string[] {
  return Object.entries(knobs).map(([key, level]) => `${key}=${levelText(level)}`);
}

/** A budget as a sentence. */
export function renderBudget(budget: Budget): string {
  const { seconds, blocks, planned, screeningBlocks, noise, detectable } = budget;
  const fits = `In ${duration(seconds)} fit ${blocks === planned ? 'all' : String(blocks)} of ${plural(planned, 'block')}`;
  if (detectable === null && screeningBlocks > 0) {
    return `${fits}: too few to confirm what the ${plural(screeningBlocks, 'screening block')} find.`;
  }
  return detectable === null
    ? `${fits}: too few for any verdict.`
    : `${fits}. With ${magnitude(noise)} noise between trials, they would detect a change of ${magnitude(detectable)} or more.`;
}
