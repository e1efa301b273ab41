import type { EndedTrial } from '../../../model/trial/ended-trial.js';
import type { SessionRecord } from '../../../model/session-record.js';
import type { Experiment } from '../../../model/experiment.js';
import { sentence, type Sentence } from '../sentence.js';
import { count, duration, plural } from '../wording.js';

/** How trials will be run, for a plan; empty if each has a process of its own. */
export function executorPlan(
  { executor }: Pick<Experiment, 'executor'>,
  sessions: number,
): string[] {
  if (executor === undefined) return [];
  if (sessions === 0) {
    return [
      'Executor auto: every trial gets a process of its own. Sessions are for the blocks of a screening, in local mode on a backlog, where no factor needs a new process; not for a jar, nor for trigger.processingTime, which does something else to a driver that is warm, nor where warming a driver up takes longer than they save.',
    ];
  }
  return [
    executor === 'auto'
      ? `Executor auto: the ${plural(sessions, 'trial')} of the screening in sessions of a live driver, all others in a process of their own.`
      : 'Executor session: trials share a live driver, which is warmed up first.',
  ];
}

/** In which drivers the trials ran, and how those were warmed; nothing if each had a process of its own. */
export function executorSentences(trials: readonly EndedTrial[]): Sentence[] {
  const shared = trials.flatMap(({ session }) => (session === undefined ? [] : [session]));
  const [first] = shared;
  if (first === undefined) return unfitSentences(trials);
  const drivers = shared.filter(({ place }) => place === 1);
  const seconds = drivers.map(({ burnIn }) => burnIn.seconds);
  const steep = drivers.filter(({ burnIn }) => !burnIn.isFlat).length;
  const number = Math.max(1, drivers.length);
  const rest = trials.length - shared.length;
  return [
    sentence`${number === 1 ? 'One live driver' : `${count(number)} live drivers`} ran ${plural(shared.length, 'trial')}, ${orderText(shared)}, each in a session of its own with a fresh checkpoint${rest === 0 ? '' : `; the other ${count(rest)} had a process of their own`}. Each driver was warmed up before its first trial by trials that do not count, which took ${rangeOf(seconds)}; ${flatText(steep, number)}. What all trials of a driver share, such as what its JVM has compiled, is in every figure of them. The batches of a warm driver are shorter than those of a job that has just started, so the same milliseconds are a larger percentage of them.`,
    ...turnSentences(shared),
    ...aloneSentences(shared),
    ...restartSentences(drivers),
    ...unfitSentences(trials),
  ];
}

/** Whether every trial took turns with the others of its block. */
export function areAllInTurns(trials: readonly EndedTrial[]): boolean {
  return trials.length > 0 && trials.every(({ session }) => session?.turns !== undefined);
}

function orderText(shared: readonly SessionRecord[]): string {
  const turned = shared.filter(hadTurns);
  if (turned.length === 0) return 'one after another';
  return turned.length === shared.length
    ? 'those of a block in turns'
    : 'one after another or in turns';
}

/** A script that cannot take turns has the driver to itself until it ends. */
function hadTurns({ turns, inOneGo }: SessionRecord): boolean {
  return turns !== undefined && inOneGo === undefined;
}

/** Why trials that were to take turns did not; nothing if they did. */
function aloneSentences(shared: readonly SessionRecord[]): Sentence[] {
  const alone = shared.flatMap(({ inOneGo }) => (inOneGo === undefined ? [] : [inOneGo]));
  const [reasons] = alone;
  if (reasons === undefined) return [];
  return [
    sentence`${plural(alone.length, 'trial')} took no turns, because of what the script does: ${reasons.join('; ')}. Each had the driver to itself from its start to its end.`,
  ];
}

/** What it means that trials took turns; nothing if none did. */
function turnSentences(shared: readonly SessionRecord[]): Sentence[] {
  const turns = shared.filter(hadTurns).flatMap((one) => one.turns ?? []);
  if (turns.length === 0) return [];
  const [least, most] = [Math.min(...turns), Math.max(...turns)];
  const number = least === most ? plural(least, 'turn') : `${count(least)} to ${count(most)} turns`;
  return [
    sentence`A trial had ${number}, in another order in each round, and its query was held in between: what the machine did meanwhile happened to all trials of the block, so its speed was not read. The first batch of each start of the query does not count.`,
  ];
}

/** Why a script's trials did not share a driver although they were to. */
function unfitSentences(trials: readonly EndedTrial[]): Sentence[] {
  const found = trials.find(({ unfit }) => unfit !== undefined);
  if (found === undefined) return [];
  const reasons = (found.unfit ?? []).join('; ');
  return [
    sentence`From ${found.trial.id} on, each trial has had a process of its own, because the script cannot share a driver: ${reasons}.`,
  ];
}

/** Whether every trial ran in a driver that had been warmed for it. */
export function areAllShared(trials: readonly EndedTrial[]): boolean {
  return trials.length > 0 && trials.every(({ session }) => session !== undefined);
}

/** Whether some trials shared a driver and others did not, as where a screening has one. */
export function areMixed(trials: readonly EndedTrial[]): boolean {
  return !areAllShared(trials) && trials.some(({ session }) => session !== undefined);
}

function rangeOf(seconds: readonly number[]): string {
  const sorted = [...seconds].sort((one, other) => one - other);
  const [low = 0, high = low] = [sorted.at(0), sorted.at(-1)];
  const [from, to] = [duration(low), duration(high)];
  return from === to ? from : `${from} to ${to}`;
}

function flatText(steep: number, drivers: number): string {
  if (steep === 0) return 'by then its rate was flat';
  const which = drivers === 1 ? '' : ` in ${count(steep)} of them`;
  return `its rate was not flat by then${which}, so its first trials measure a JVM that is still warming up`;
}

const whyRestarted: Readonly<Record<SessionRecord['startedFor'], string | undefined>> = {
  first: undefined,
  'cold-knobs': undefined,
  ended: 'one had ended in the middle of a trial',
  trials: 'one had run its share of trials',
  heap: 'one kept too much memory',
  threads: 'one kept too many threads',
  classes: 'one kept too many classes',
  'kafka-clients': 'one kept too many Kafka clients',
};

function restartSentences(drivers: readonly SessionRecord[]): Sentence[] {
  const reasons = drivers.flatMap(({ startedFor }) => whyRestarted[startedFor] ?? []);
  if (reasons.length === 0) return [];
  const times = (reason: string) => reasons.filter((one) => one === reason).length;
  const told = [...new Set(reasons)].map((one) => `${one} (${count(times(one))}×)`);
  return [sentence`Drivers were replaced because ${told.join(', ')}.`];
}
