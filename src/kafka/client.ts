import { Kafka, logLevel } from 'kafkajs';
import { HarnessError, interrupted, messageOf } from '../model/harness-error.js';
import { loginOf, loginProblem } from './login.js';
import { bootstrapServersOf, type KafkaEndpoint } from '../model/kafka-endpoint.js';
import { lackingGroup, lackingRights } from './rights/lacking-rights.js';

/** A cluster, and the signal that aborts its use. */
export interface KafkaConnection {
  readonly endpoint: KafkaEndpoint;
  readonly signal: AbortSignal;
}

/** Creates a kafkajs client that logs nothing and gives up after a few seconds. Only this folder uses kafkajs. */
export function kafkaClient({ endpoint }: KafkaConnection): Kafka {
  return new Kafka({
    clientId: 'streamtune',
    brokers: [...endpoint.servers],
    ...loginOf(endpoint.security),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, retries: 3 },
    logLevel: logLevel.NOTHING, // it logs retries as errors
  });
}

const answerWithinMs = 10_000;

/** Runs one exchange with a broker; a broker that does not respond becomes BROKER_UNREACHABLE. */
export async function withBroker<T>(
  connection: KafkaConnection,
  talk: () => Promise<T>,
): Promise<T> {
  if (connection.signal.aborted) throw interrupted();
  try {
    return await talk();
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    const login = loginProblem(error, connection.endpoint.security);
    if (login !== undefined) throw notLoggedIn(connection, login, error);
    if (isWithoutGroup(error)) throw lackingGroup(connection.endpoint);
    const refusal = protocolErrorIn(error);
    if (refusal !== undefined) throw refused(connection, refusal);
    if (isUnreachable(error)) throw unreachable(connection, error);
    throw error;
  }
}

/**
 * Connects an admin client, producer or consumer, within ten seconds by default: a server that listens on the port but
 * never responds would otherwise keep kafkajs waiting for minutes. Throws BROKER_UNREACHABLE or INTERRUPTED.
 */
export async function connectTo(
  client: { readonly connect: () => Promise<void> },
  connection: KafkaConnection,
  withinMs = answerWithinMs,
): Promise<void> {
  const late = AbortSignal.timeout(withinMs);
  const stopped = AbortSignal.any([late, connection.signal]);
  const silence = new Promise<never>((_resolve, reject) => {
    stopped.addEventListener('abort', () => {
      const silent = new Error(`no answer within ${String(withinMs / 1_000)} s`);
      reject(late.aborted ? unreachable(connection, silent) : interrupted());
    });
  });
  await Promise.race([client.connect(), silence]);
}

function unreachable({ endpoint }: KafkaConnection, cause: unknown): HarnessError {
  const closed = /Closed connection|before secure TLS|wrong version number/i.test(messageOf(cause));
  return new HarnessError({
    code: 'BROKER_UNREACHABLE',
    message: `No Kafka broker responds at ${bootstrapServersOf(endpoint)}: ${messageOf(cause)}.`,
    hint: closed
      ? `It closes a connection by ${endpoint.security.protocol}: if the address is right, it wants another protocol; say which in kafka.security, or with --command-config.`
      : 'Start one with `streamtune kafka up`, or fix the address.',
    cause,
  });
}

function notLoggedIn(
  { endpoint }: KafkaConnection,
  { message, hint }: NonNullable<ReturnType<typeof loginProblem>>,
  cause: unknown,
): HarnessError {
  return new HarnessError({
    code: 'BROKER_LOGIN',
    message: `The Kafka broker at ${bootstrapServersOf(endpoint)} ${message}.`,
    hint,
    cause,
  });
}

/** The error sent by the broker itself, which kafkajs wraps after several tries. */
export function protocolErrorIn(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  if (/^KafkaJS(Protocol|CreateTopic)Error$/.test(error.name)) return error;
  return protocolErrorIn(error.cause ?? (error as { errors?: unknown[] }).errors?.[0]);
}

function refused({ endpoint }: KafkaConnection, cause: Error): HarnessError {
  const { type = '', topic } = cause as { type?: string; topic?: string };
  const isRight = type.endsWith('AUTHORIZATION_FAILED');
  if (isRight && topic !== undefined) return lackingRights(endpoint, topic, ['Create']);
  if (type === 'GROUP_AUTHORIZATION_FAILED') return lackingGroup(endpoint);
  const user = endpoint.security.sasl?.username ?? 'that is not logged in';
  return new HarnessError({
    code: 'BROKER_REFUSED',
    message: `The Kafka broker at ${bootstrapServersOf(endpoint)} rejected the request: ${cause.message} (${type}).`,
    hint: isRight
      ? `Give the user ${user} the right to do so (Kafka's ACLs).`
      : (hints[type] ?? usualHint),
    cause,
  });
}

const usualHint =
  "Change the request or the broker's settings; Kafka's documentation lists its error codes.";

/** By the name of Kafka's error. */
const hints: Readonly<Record<string, string>> = {
  INVALID_REPLICATION_FACTOR:
    "A new topic gets as many replicas as the cluster's default.replication.factor says: start that many brokers, or lower it. Kafka before 2.4 has no such default for this; create the topic by hand there.",
};

/** kafkajs asks each broker for the group's coordinator, and does not pass on what they answer. */
function isWithoutGroup(error: unknown): boolean {
  return error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound';
}

function isUnreachable(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return /KafkaJS(Connection|NumberOfRetriesExceeded|BrokerNotFound|RequestTimeout|NonRetriable)/.test(
    name,
  );
}
