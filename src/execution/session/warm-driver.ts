import { basename } from 'node:path';
import { driverKey } from '../../knobs/hot-knobs.js';
import { burnInOfTurns, defaultBurnIn, type BurnIn } from '../../model/session-record.js';
import type { Launch, Trial } from '../../model/trial/plan.js';
import { burnIn, knobsKey, warmRounds, type Warmed, type WarmUp } from './burn-in.js';
import type { OpenedDriver } from './driver/open-driver.js';
import type { Held, HeldSettings, Needed } from './held.js';
import { UnfitScript } from './unfit-script.js';

/** A driver to warm, and for what. */
interface ToWarm {
  readonly settings: HeldSettings;
  readonly opened: OpenedDriver;
  readonly needed: Needed;
}

/**
 * Warms a new driver by the trials of a launch that it can run. A script whose trials cannot take turns warms it again, one
 * after another. Throws SESSION_UNFIT.
 */
export async function warmForLaunch(
  { settings, opened, needed }: ToWarm,
  drivers: number,
): Promise<Pick<Held, 'burnIn' | 'inOneGo' | 'warmedBy' | 'figures'>> {
  settings.onStep(`Warming driver ${String(drivers)} up`);
  const { turnRecords } = needed;
  const trials = matesOf(needed);
  const toWarm = { settings, opened, needed };
  const first = await warm(toWarm, { trials, turnRecords });
  const { inOneGo } = first;
  if (inOneGo.length > 0) settings.onStep(inOneGoText(opened.job, inOneGo));
  const warmed = inOneGo.length > 0 ? await warm(toWarm, { trials }) : first;
  settings.onStep(warmText(drivers, warmed.burnIn));
  const warmedBy = new Set(trials.map(({ configuration }) => knobsKey(configuration.knobs)));
  return { burnIn: warmed.burnIn, inOneGo, warmedBy, figures: warmed.figures };
}

/**
 * Warms a driver for the configurations of a launch that it has not run yet, such as the ablations of a confirmation: in
 * turns, their first ones would be slower than those of the others. Throws SESSION_UNFIT.
 */
export async function warmForNew(
  settings: HeldSettings,
  held: Held,
  needed: Needed,
): Promise<void> {
  const { turnRecords } = needed;
  if (turnRecords === undefined || held.inOneGo.length > 0) return;
  const unseen = matesOf(needed).filter(
    ({ configuration }) => !held.warmedBy.has(knobsKey(configuration.knobs)),
  );
  const keys = new Set(unseen.map(({ configuration }) => knobsKey(configuration.knobs)));
  if (keys.size === 0) return;
  const some = keys.size === 1 ? 'a configuration' : `${String(keys.size)} configurations`;
  settings.onStep(`Warming driver ${String(held.number)} up for ${some} that it has not run yet`);
  const given = { trials: unseen, turnRecords };
  const { figures } = await warm({ settings, opened: held, needed }, given, warmRounds * keys.size);
  held.figures = figures;
  for (const key of keys) held.warmedBy.add(key);
}

async function warm(
  { settings, opened, needed }: ToWarm,
  given: WarmUp,
  atMost = Infinity,
): Promise<Warmed> {
  const directory = needed.context.directoryOf(needed.trial);
  const usual = given.turnRecords === undefined ? defaultBurnIn : burnInOfTurns;
  const limits = settings.burnIn ?? usual;
  const warmed = await burnIn(
    { ...opened, settings, context: { ...needed.context, directoryOf: () => directory } },
    given,
    { ...limits, trials: Math.min(limits.trials, atMost) },
  );
  if (warmed.unfit.length > 0) throw new UnfitScript(opened.job, warmed.unfit);
  return warmed;
}

/** Those of a launch that the driver of a trial can run, the trial itself at least. */
function matesOf({ trial, launch }: { readonly trial: Trial; readonly launch: Launch }) {
  const key = driverKey(trial.configuration.knobs);
  const mates = launch.trials.filter(({ configuration }) => driverKey(configuration.knobs) === key);
  return mates.length === 0 ? [trial] : mates;
}

function inOneGoText(job: string, reasons: readonly string[]): string {
  return `${basename(job)} takes no turns, as ${reasons.join(', and ')}: its trials run one after another`;
}

function warmText(driver: number, { seconds, trials, isFlat }: BurnIn): string {
  const what = `Driver ${String(driver)} has run ${String(trials)} trials that do not count in ${seconds.toFixed(0)} s`;
  return `${what}; its rate is ${isFlat ? 'flat' : 'not flat yet'}`;
}
