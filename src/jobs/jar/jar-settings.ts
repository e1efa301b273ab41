import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSet, scopeOf, type Assignment } from '../../model/knob.js';
import type { TrialFiles } from '../../model/trial/job.js';
import type { AskedSetting, ScriptRecord } from '../../model/trial/script-record.js';
import { writeFileSafely } from '../../process/files/write-file-safely.js';
import { scriptRecordFile } from '../../spark/script-record.js';

type Settings = Readonly<Record<string, string>>;

/** Writes what the experiment asks of a trial, for `tellSettings` and for people. */
export async function writeGiven(files: TrialFiles, knobs: Assignment): Promise<void> {
  const given = Object.keys(knobs).filter((key) => isSet(knobs, key) && scopeOf(key) !== 'topic');
  const settings = Object.fromEntries(given.map((key) => [key, String(knobs[key])]));
  await writeFile(givenFile(files), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Writes what the session of a trial runs with, and how that compares with what the experiment asks. */
export async function tellSettings(files: TrialFiles, settings: Settings): Promise<void> {
  const given = JSON.parse(await readFile(givenFile(files), 'utf8')) as Settings;
  const record: ScriptRecord = {
    of: 'jar',
    settings: Object.entries(given).map(([key, asked]) => compared(key, asked, settings)),
    children: [],
    raised: null,
    endedEarly: false,
  };
  await write(files.effectiveConf, { settings });
  await write(scriptRecordFile(files), record);
}

/** Only Spark's own settings are in an event log; a program's arguments are its own affair. */
function compared(key: string, asked: string, settings: Settings): AskedSetting {
  const given = scopeOf(key) === 'spark' ? (settings[key] ?? null) : null;
  return { key, asked, given, where: null };
}

async function write(file: string, content: object): Promise<void> {
  await writeFileSafely(file, `${JSON.stringify(content, null, 2)}\n`, { flush: false });
}

function givenFile({ directory }: TrialFiles): string {
  return join(directory, 'given.json');
}
