import { join } from 'node:path';

/** The files in its directory that a broker is started from. */
export function brokerFiles(directory: string) {
  return {
    properties: join(directory, 'server.properties'),
    log4j: join(directory, 'log4j2.properties'),
    log: join(directory, 'broker.log'),
    data: join(directory, 'data'),
  };
}

/** One node as broker and controller, on the loopback interface only (Kafka's KRaft mode). */
export function serverProperties(options: {
  readonly port: number;
  readonly controllerPort: number;
  readonly data: string;
}): string {
  const broker = `127.0.0.1:${String(options.port)}`;
  const controller = `127.0.0.1:${String(options.controllerPort)}`;
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    listeners: `PLAINTEXT://${broker},CONTROLLER://${controller}`,
    'advertised.listeners': `PLAINTEXT://${broker}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
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
