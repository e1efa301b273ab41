import { runCommand } from '../../process/run-command.js';
import { yarnApplication } from '../../spark/executor-lines.js';
import { hadoopCommand, type HadoopParts } from './hadoop-command.js';

/** Follows which application of YARN a trial is, by the driver's log. */
interface ApplicationWatch {
  readonly onLine: (line: string) => void;
  /**
   * Ends the application whose driver was stopped. One that still waits in its queue would stay there, get a container
   * one day, and look for its driver in vain; Spark itself only ends one that has begun. Never fails.
   */
  readonly kill: () => Promise<void>;
}

const patienceMs = 60_000;

export function watchApplication(parts: HadoopParts): ApplicationWatch {
  let id: string | undefined;
  return {
    onLine: (line) => {
      id ??= yarnApplication(line);
    },
    kill: async () => {
      if (id === undefined) return;
      const main = 'org.apache.hadoop.yarn.client.cli.ApplicationCLI';
      const command = hadoopCommand(parts, main, 'application', '-kill', id);
      // Also where the run is being stopped.
      const { signal } = new AbortController();
      await runCommand(command, { signal, timeoutMs: patienceMs, outlive: true });
    },
  };
}
