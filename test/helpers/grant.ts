import kafkajs, { type Admin } from 'kafkajs';
import type { KafkaConnection } from '../../src/kafka/client.js';
import { withAdmin } from '../../src/kafka/topics.js';
import { waitUntil } from '../../src/process/wait-until.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

interface Grant {
  /** Name of the user. */
  readonly to: string;
  readonly of: 'TOPIC' | 'GROUP';
  /** The name, or how it begins if that ends in `*`. */
  readonly name: string;
  readonly operations: readonly ('READ' | 'WRITE' | 'CREATE' | 'DELETE' | 'DESCRIBE')[];
}

/** Gives a user rights by Kafka's ACLs, and waits until the broker knows them. */
export async function grant(connection: KafkaConnection, given: Grant): Promise<void> {
  await withAdmin(connection, async (admin) => {
    await admin.createAcls({ acl: rulesOf(given) });
    await untilRules(admin, connection, { given, count: given.operations.length });
  });
}

/** Takes them away again, and waits until the broker knows it. */
export async function revoke(connection: KafkaConnection, given: Grant): Promise<void> {
  await withAdmin(connection, async (admin) => {
    await admin.deleteAcls({ filters: rulesOf(given) });
    await untilRules(admin, connection, { given, count: 0 });
  });
}

function rulesOf({ to, of, name, operations }: Grant) {
  const isPrefix = name.endsWith('*');
  const rule = {
    principal: `User:${to}`,
    host: '*',
    resourceType: AclResourceTypes[of],
    resourceName: isPrefix ? name.slice(0, -1) : name,
    resourcePatternType: ResourcePatternTypes[isPrefix ? 'PREFIXED' : 'LITERAL'],
    permissionType: AclPermissionTypes.ALLOW,
  };
  return operations.map((one) => ({ ...rule, operation: AclOperationTypes[one] }));
}

interface Change {
  readonly given: Grant;
  /** How many of its rules there are to be. */
  readonly count: number;
}

async function untilRules(
  admin: Pick<Admin, 'describeAcls'>,
  { signal }: KafkaConnection,
  { given, count }: Change,
): Promise<void> {
  const found = async () => {
    const asked = rulesOf(given).map((rule) => admin.describeAcls(rule));
    return (await Promise.all(asked)).flatMap(({ resources }) => resources);
  };
  await waitUntil({
    what: `the rights of ${given.to} to ${given.name} are changed`,
    timeoutMs: 10_000,
    signal,
    check: async () => ((await found()).length === count ? true : undefined),
  });
}
