import { readFile } from 'node:fs/promises';

type Settings = Readonly<Record<string, string>>;

/** The settings that the running session reported; null if it never got that far. */
export async function readEffectiveConf(file: string): Promise<Settings | null> {
  return (await readReport(file)).settings ?? null;
}

/** The id of the driver's JVM; undefined if the session never got that far. */
export async function readJvmPid(file: string): Promise<number | undefined> {
  return (await readReport(file)).jvmPid;
}

/** What the launcher wrote when the query started; nothing if it did not get that far. */
async function readReport(file: string): Promise<{ settings?: Settings; jvmPid?: number }> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as { settings?: Settings; jvmPid?: number };
  } catch {
    return {};
  }
}
