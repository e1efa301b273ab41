/** What a worker offers, and what applications hold of it. Memory in mebibytes. */
export interface WorkerView {
  readonly host: string;
  readonly isAlive: boolean;
  readonly cores: number;
  readonly coresFree: number;
  readonly memoryMb: number;
  readonly memoryFreeMb: number;
}

/** What the master of a standalone cluster says of itself. */
export interface MasterView {
  /** `spark://HOST:PORT`. */
  readonly url: string;
  /** ALIVE; STANDBY and RECOVERING with several masters, or after a restart. */
  readonly status: string;
  readonly workers: readonly WorkerView[];
  /** The names of the applications that run or wait. */
  readonly applications: readonly string[];
  /** Those of them that have cores. */
  readonly holders: readonly { readonly name: string; readonly cores: number }[];
}

/** How long a master may take to answer, unless a caller says otherwise. */
export const masterPatienceMs = 5_000;

/**
 * Asks the web UI of a master (Spark's `JsonProtocol.writeMasterState`, at `/json/`); undefined if it does not answer in
 * time, or if what answers is no master.
 */
export async function askMaster(
  webUi: string,
  signal: AbortSignal,
  patienceMs = masterPatienceMs,
): Promise<MasterView | undefined> {
  const answer = await textAt(`${webUi}/json/`, { signal, patienceMs });
  try {
    return answer === undefined ? undefined : viewOf(JSON.parse(answer));
  } catch {
    return undefined;
  }
}

/**
 * Asks the web UI of a master for the version of its Spark, three numbers; undefined if it does not tell. Its JSON does
 * not: Spark writes it beside the logo (`UIUtils.basicSparkPage`; seen with 3.5.7 and 4.2.0).
 */
export async function askVersion(
  webUi: string,
  { signal, patienceMs = masterPatienceMs }: Patience,
): Promise<string | undefined> {
  const page = await textAt(`${webUi}/`, { signal, patienceMs });
  return /<span class="version\b[^>]*>\s*(\d+\.\d+\.\d+)/.exec(page ?? '')?.[1];
}

interface Patience {
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

async function textAt(
  url: string,
  { signal, patienceMs }: Required<Patience>,
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

function viewOf(value: unknown): MasterView | undefined {
  const { url, status, workers, activeapps } = recordOf(value);
  if (typeof url !== 'string' || typeof status !== 'string' || !Array.isArray(workers)) {
    return undefined;
  }
  const apps: readonly unknown[] = Array.isArray(activeapps) ? activeapps : [];
  return {
    url,
    status,
    workers: workers.map(workerOf),
    applications: apps.map((app) => String(recordOf(app)['name'])),
    holders: apps
      .map(recordOf)
      .map(({ name, cores }) => ({ name: String(name), cores: Number(cores ?? 0) }))
      .filter(({ cores }) => cores > 0),
  };
}

function workerOf(value: unknown): WorkerView {
  const found = recordOf(value);
  const number = (key: string) => Number(found[key] ?? 0);
  return {
    host: String(found['host']),
    isAlive: found['state'] === 'ALIVE',
    cores: number('cores'),
    coresFree: number('coresfree'),
    memoryMb: number('memory'),
    memoryFreeMb: number('memoryfree'),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
