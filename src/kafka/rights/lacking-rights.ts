import { HarnessError } from '../../model/harness-error.js';
import { bootstrapServersOf, type KafkaEndpoint } from '../../model/kafka-endpoint.js';
import { shellWord } from '../../model/shell-word.js';

const verbs = { Create: 'create', Read: 'read', Write: 'write to' } as const;

/** A right that a user may lack for a run, by the names of Kafka's ACLs. */
export type NeededRight = keyof typeof verbs;

/** How the topics begin that a run makes for itself, and the consumer groups by which streamtune reads. */
export const ownPrefix = 'streamtune-';

/** The error for a user who may not do with a topic what has to be done, with the command that allows it. */
export function lackingRights(
  endpoint: KafkaEndpoint,
  topic: string,
  lacking: readonly NeededRight[],
): HarnessError {
  const what = lacking.map((right) => verbs[right]).join(' or ');
  const operations = topic.startsWith(ownPrefix) ? ownRights : lacking;
  return notAllowed(endpoint, `${what} the topic ${topic}`, {
    operations,
    resource: ['--topic', ...resourceOf(topic)],
  });
}

/** The error for a user who may not read with a consumer group, which is streamtune's own unless somebody names one. */
export function lackingGroup(endpoint: KafkaEndpoint): HarnessError {
  return notAllowed(
    endpoint,
    `read with this consumer group (streamtune's own begin with ${ownPrefix}), or has no coordinator for it`,
    {
      operations: ['Read'],
      resource: ['--group', ...resourceOf(ownPrefix)],
    },
  );
}

/** Who makes topics needs more than what is lacking first. */
const ownRights = ['Create', 'Read', 'Write', 'Delete'];

function resourceOf(name: string): readonly string[] {
  return name.startsWith(ownPrefix)
    ? [ownPrefix, '--resource-pattern-type', 'prefixed']
    : [shellWord(name)];
}

interface Acl {
  readonly operations: readonly string[];
  readonly resource: readonly string[];
}

function notAllowed(
  endpoint: KafkaEndpoint,
  what: string,
  { operations, resource }: Acl,
): HarnessError {
  const servers = bootstrapServersOf(endpoint);
  const command = [
    ...['kafka-acls.sh', '--bootstrap-server', servers, '--command-config', 'ADMIN.properties'],
    ...['--add', '--allow-principal', principal(endpoint)],
    ...operations.flatMap((operation) => ['--operation', operation]),
    ...resource,
  ];
  return new HarnessError({
    code: 'BROKER_REFUSED',
    message: `The Kafka broker at ${servers} does not let ${userOf(endpoint)} ${what}.`,
    hint: `Have its administrator allow it: ${command.join(' ')}`,
  });
}

function userOf({ security: { sasl } }: KafkaEndpoint): string {
  return sasl === undefined ? 'a client that does not log in' : `the user ${sasl.username}`;
}

function principal({ security: { sasl, tls } }: KafkaEndpoint): string {
  if (sasl !== undefined) return shellWord(`User:${sasl.username}`);
  return tls?.certificate === undefined ? 'User:ANONYMOUS' : "'User:SUBJECT OF THE CERTIFICATE'";
}
