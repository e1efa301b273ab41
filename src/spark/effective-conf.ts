import { readFile } from 'node:fs/promises';

type Settings = Readonly<Record<string, string>>;

/** Reads the settings that the running session reported; null if it never got that far. */
export async function readEffectiveConf(file: string): Promise<Settings | null> {
  return (await readReport(file)).settings ?? null;
}

/** Reads the id of the driver's JVM; undefined if the session never got that far. */
export async function readJvmPid(file: string): Promise<number | undefined> {
  return (await readReport(file)).jvmPid;
}

/** Reads the address of the session's user interface; undefined if it has none. */
export async function readUiUrl(file: string): Promise<string | undefined> {
  return (await readReport(file)).uiUrl ?? undefined;
}

interface Report {
  readonly settings?: Settings;
  readonly jvmPid?: number;
  readonly uiUrl?: string | null;
}

/** The launcher's report from the start of the query; empty if it never got that far. */
async function readReport(file: string): Promise<Report> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Report;
  } catch {
    return {};
  }
}
