import { join } from 'node:path';
import type { KafkaSecurity } from '../../model/kafka-endpoint.js';

/** Of the only node. */
export const nodeId = '1';

/** The files in its directory that a broker is started from. */
export function brokerFiles(directory: string) {
  return {
    properties: join(directory, 'server.properties'),
    log4j: join(directory, 'log4j2.properties'),
    log: join(directory, 'broker.log'),
    data: join(directory, 'data'),
  };
}

/** A listener for clients that have to log in; the broker itself goes on by the unencrypted one. */
export interface SecuredListener {
  readonly security: KafkaSecurity;
  /** Kafka's settings for its side: key store, mechanisms, authorizer. */
  readonly settings: Readonly<Record<string, string>>;
  /** The users of SCRAM, made with the storage. */
  readonly users: readonly {
    readonly mechanism: string;
    readonly name: string;
    readonly password: string;
  }[];
}

interface BrokerPorts {
  /** Of the clients. */
  readonly port: number;
  readonly controllerPort: number;
  /** Of the broker itself, where clients have a listener of their own. */
  readonly internalPort?: number;
  readonly data: string;
  readonly secured?: SecuredListener | undefined;
}

/** One node as broker and controller, on the loopback interface only (Kafka's KRaft mode). */
export function serverProperties(options: BrokerPorts): string {
  const { secured, port, internalPort = port } = options;
  const broker = `PLAINTEXT://127.0.0.1:${String(internalPort)}`;
  const controller = `127.0.0.1:${String(options.controllerPort)}`;
  const clients = secured === undefined ? [] : [`CLIENT://127.0.0.1:${String(port)}`];
  const protocols = [
    'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    ...(secured === undefined ? [] : [`CLIENT:${secured.security.protocol}`]),
  ];
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    'controller.quorum.voters': `${nodeId}@${controller}`,
    listeners: [...clients, broker, `CONTROLLER://${controller}`].join(','),
    'advertised.listeners': [...clients, broker].join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': protocols.join(','),
    'log.dirs': options.data,
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    'log.retention.ms': '-1', // old records must not be deleted because of their event time
    'num.partitions': '1',
    ...secured?.settings,
  })
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}

/** The broker logs to standard output, which the service writes to a file. */
export const log4jProperties = `status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = [%d] %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
`;
