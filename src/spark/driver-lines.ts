import type { Target } from '../model/target.js';

/** By what a cluster manager knows what it was given to run. */
export interface SubmittedDriver extends Pick<Target, 'kind' | 'master'> {
  /** YARN's application, a master's driver, or `NAMESPACE:POD`. */
  readonly id: string;
}

const forms = {
  /** The client of YARN, at INFO. */
  application: /\bClient: Application report for (application_\d+_\d+) /,
  /** ClientEndpoint, at INFO: what the master has answered. */
  driver: /\bClientEndpoint: Driver successfully submitted as (driver-\S+)/,
  /** LoggingPodStatusWatcherImpl, at INFO, a line each. */
  pod: /^\s+pod name: (\S+)/,
  namespace: /^\s+namespace: (\S+)/,
} as const;

/** Reads from the log of a `spark-submit`, line after line, what has been submitted; undefined until a line says it. */
export function driverReader(target: Target): (line: string) => SubmittedDriver | undefined {
  const { kind, master } = target;
  let pod: string | undefined;
  return (line) => {
    pod = forms.pod.exec(line)?.[1] ?? pod;
    const namespace = forms.namespace.exec(line)?.[1];
    const id =
      forms.application.exec(line)?.[1] ??
      forms.driver.exec(line)?.[1] ??
      (pod === undefined || namespace === undefined ? undefined : `${namespace}:${pod}`);
    return id === undefined ? undefined : { kind, master, id };
  };
}
