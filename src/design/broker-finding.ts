import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import { isOnThisMachine, mastersOf, targetOf } from '../model/target.js';

/**
 * Finds executors that would run on other machines and read from the broker of the run, which listens on the loopback
 * interface only. `ownName`: this machine's, by which a standalone master may listen here, too.
 */
export function brokerFinding(
  configurations: readonly Configuration[],
  { kafka }: Pick<Experiment, 'kafka'>,
  ownName: string,
): Finding[] {
  if (kafka !== undefined) return [];
  const masters = configurations.flatMap(({ knobs }) => elsewhere(targetOf(knobs), ownName));
  if (masters.length === 0) return [];
  return [
    {
      ...{ severity: 'error', rule: 'broker-out-of-reach', key: 'spark.master' },
      levels: [...new Set(masters)],
      what: 'Its executors run on other machines, and nothing says which Kafka they read from.',
      why: 'The broker that is started for a run listens on this machine only, so its trials would read nothing.',
      instead: 'kafka: { bootstrapServers: HOST:PORT }, a Kafka that the executors reach',
    },
  ];
}

/** The master, if it is on another machine. */
function elsewhere(target: ReturnType<typeof targetOf>, ownName: string): string[] {
  const hosts = target.kind === 'standalone' ? mastersOf(target.master) : [];
  const isOwn = ({ host }: { readonly host: string }) =>
    host.toLowerCase() === ownName.toLowerCase();
  const isHere = isOnThisMachine(target) || (hosts.length > 0 && hosts.every(isOwn));
  return isHere ? [] : [target.master];
}
