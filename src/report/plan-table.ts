import Table from 'cli-table3';
import type { Budget } from '../model/run/budget.js';
import type { Experiment } from '../model/experiment.js';
import { levelText, type Assignment } from '../model/knob.js';
import { trialsOf, type Plan } from '../model/trial/plan.js';
import { configurationName, duration, magnitude, plural } from './words/wording.js';

interface PlanParts {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly forecast: { readonly perTrialSeconds: number; readonly totalSeconds: number };
}

/** Every trial of a plan in order, and how long it will take. */
export function renderPlan({ experiment, plan, forecast }: PlanParts): string {
  const table = new Table({
    head: ['trial', 'block', 'configuration'],
    style: { head: [], border: [], compact: true },
  });
  const trials = trialsOf(plan);
  for (const { id, block, configuration } of trials) {
    table.push([id, String(block), configurationName(configuration, experiment.baseline)]);
  }
  const pairs = (knobs: Assignment) =>
    Object.entries(knobs).map(([k, v]) => `${k}=${levelText(v)}`);
  const constants = pairs(experiment.knobs);
  const baseline = pairs(experiment.baseline);
  return [
    [experiment.name, experiment.description].filter((part) => part !== '').join(': '),
    ...(constants.length > 0 ? [`in every configuration: ${constants.join('  ')}`] : []),
    ...(baseline.length > 0 ? [`baseline: ${baseline.join('  ')}`] : []),
    table.toString(),
    `${plural(trials.length, 'trial')}: ${plural(plan.configurations.length, 'configuration')} in ${plural(plan.blocks.length, 'block')}, order from seed ${String(plan.seed)}.`,
    `Forecast: about ${duration(forecast.perTrialSeconds)} a trial, ${duration(forecast.totalSeconds)} in all, once set up.`,
  ].join('\n');
}

/** A budget as a sentence. */
export function renderBudget({ seconds, blocks, planned, noise, detectable }: Budget): string {
  const fits = `In ${duration(seconds)} fit ${blocks === planned ? 'all' : String(blocks)} of ${plural(planned, 'block')}, in the order above`;
  return detectable === null
    ? `${fits}: too few for any verdict.`
    : `${fits}. With ${magnitude(noise)} noise between trials, they would detect a change of ${magnitude(detectable)} or more.`;
}
