import type { Kafka } from 'kafkajs';

/** The cluster of a client of kafkajs: its own, and not declared. */
export interface OwnCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findBroker(which: { readonly nodeId: number }): Promise<OwnBroker>;
  readonly brokerPool: { findConnectedBroker(): Promise<OwnBroker> };
}

export interface OwnBroker {
  readonly connectionPool: { send(request: unknown): Promise<unknown> };
  /** What it understands, by the number of a request. */
  readonly versions: Readonly<Record<number, { readonly maxVersion: number } | undefined>> | null;
  /** `coordinatorType` 0: of a consumer group. */
  findGroupCoordinator(of: { groupId: string; coordinatorType: 0 }): Promise<unknown>;
  produce: (request: never) => Promise<unknown>;
  disconnect(): Promise<void>;
}

type CreateCluster = (options: object) => OwnCluster;

/** Makes a cluster, without any of kafkajs' clients. */
export function createCluster(kafka: Kafka): OwnCluster {
  return maker(kafka).create({});
}

/** Changes each cluster that the clients of this one will be given. */
export function changeClusters(kafka: Kafka, change: (cluster: OwnCluster) => OwnCluster): void {
  const { own, name, create } = maker(kafka);
  own[name] = (options) => change(create(options));
}

/** It is under a symbol of its own. The release is pinned, and tests with a real broker show that it works. */
function maker(kafka: Kafka) {
  const own = kafka as unknown as Record<symbol, CreateCluster | undefined>;
  const name = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  const create = name === undefined ? undefined : own[name];
  if (name === undefined || create === undefined) throw new Error('this is not kafkajs 2.2.4');
  return { own, name, create };
}
