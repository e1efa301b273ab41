import { commandLines } from './process-state.js';

/** An executor on this machine, as its worker has started it. */
interface RunningExecutor {
  readonly pid: number;
  /** Of Spark: `app-20261127190000-0000`. */
  readonly application: string;
  readonly id: string;
  readonly cores: number;
  readonly heapMb: number;
}

/** The executors of the cluster of a folder that run, by the arguments of their JVMs. */
export function executorsRunning(cluster: string): RunningExecutor[] {
  const main = ' org.apache.spark.executor.CoarseGrainedExecutorBackend ';
  return commandLines().flatMap(({ pid, command }) => {
    if (!command.includes(main) || !command.includes(cluster)) return [];
    const given = (name: string) => new RegExp(` ${name}\\s*(\\S+)`).exec(command)?.[1] ?? '';
    return [
      {
        ...{ pid, application: given('--app-id'), id: given('--executor-id') },
        cores: Number(given('--cores')),
        heapMb: Number(/ -Xmx(\d+)M /.exec(command)?.[1]),
      },
    ];
  });
}
