import { knobsOfScope, scopeOf, type Assignment } from '../../model/knob.js';
import type { EndedTrial } from '../../model/trial/ended-trial.js';
import type { AskedSetting, ScriptRecord } from '../../model/trial/script-record.js';
import type { SettingRow, SettingWord } from '../../model/detail/setting-row.js';

/**
 * What a run's script asks for itself, beside what its trials ran with, a row for each setting; empty for the shipped job.
 * Settings that the experiment sets come first.
 */
export function settingRows(trials: readonly EndedTrial[]): SettingRow[] {
  const rows = new Map<string, GrowingRow>();
  for (const { trial, script } of trials) {
    if (script === undefined) continue;
    for (const setting of settingsOf(trial.configuration.knobs, script)) add(rows, setting);
  }
  const ofJar = trials.some(({ script }) => script?.of === 'jar');
  return [...rows].map(([key, { script, where, ranWith, words }]) => ({
    ...(ofJar ? ({ askedBy: 'experiment' } as const) : {}),
    key,
    script: [...script],
    where: [...where],
    ranWith: [...ranWith],
    words: [...words],
  }));
}

interface GrowingRow {
  readonly script: Set<string>;
  readonly where: Set<string>;
  readonly ranWith: Set<string>;
  readonly words: Set<SettingWord>;
}

interface Told extends AskedSetting {
  readonly word: SettingWord;
}

function add(rows: Map<string, GrowingRow>, { key, asked, given, where, word }: Told): void {
  const row = rows.get(key) ?? {
    ...{ script: new Set<string>(), where: new Set<string>() },
    ...{ ranWith: new Set<string>(), words: new Set<SettingWord>() },
  };
  rows.set(key, row);
  row.words.add(word);
  if (asked !== null) row.script.add(asked);
  if (where !== null) row.where.add(where);
  if (given !== null) row.ranWith.add(places.includes(key) ? 'a fresh one in each trial' : given);
}

/** Folders of the trial. */
const places = ['checkpointLocation', 'sink.path'];

function settingsOf(knobs: Assignment, { of, settings }: ScriptRecord): Told[] {
  if (of === 'jar') return settings.map((one): Told => ({ ...one, word: wordOfJar(one) }));
  const recorded = new Set(settings.map(({ key }) => key));
  const silent = [...handedKnobs(knobs)].filter(([key]) => !recorded.has(key));
  return [
    ...silent.map(([key, given]): Told => {
      // Spark's settings go by spark-submit too; the others only where the script asks for a source or a sink.
      const captured = key.startsWith('spark.');
      const word = captured ? 'absent' : 'not captured';
      return { key, asked: null, given: captured ? given : null, where: null, word };
    }),
    ...settings.map((one): Told => ({ ...one, word: wordOf(one) })),
  ];
}

/** The knobs that PySpark's own calls can contradict. */
function handedKnobs(knobs: Assignment): Map<string, string> {
  const scoped = (['source', 'trigger'] as const).flatMap((scope) =>
    [...knobsOfScope(knobs, scope)].map(([key, value]) => [`${scope}.${key}`, value] as const),
  );
  const sink = knobsOfScope(knobs, 'job').get('sink');
  return new Map([
    ...knobsOfScope(knobs, 'spark'),
    ...scoped,
    ...(sink === undefined ? [] : [['job.sink', sink] as const]),
  ]);
}

/** Compares what the experiment asks of a jar with what its session ran with. */
function wordOfJar({ key, asked, given }: AskedSetting): SettingWord {
  if (scopeOf(key) !== 'spark') return 'not captured';
  if (given === null) return 'absent';
  return asked === given ? 'match' : 'differs';
}

function wordOf({ asked, given }: AskedSetting): SettingWord {
  if (asked === null) return 'absent';
  return asked === given ? 'match' : 'differs';
}
