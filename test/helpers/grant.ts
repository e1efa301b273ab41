import kafkajs from 'kafkajs';
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
  const isPrefix = given.name.endsWith('*');
  const rule = {
    principal: `User:${given.to}`,
    host: '*',
    resourceType: AclResourceTypes[given.of],
    resourceName: isPrefix ? given.name.slice(0, -1) : given.name,
    resourcePatternType: ResourcePatternTypes[isPrefix ? 'PREFIXED' : 'LITERAL'],
    permissionType: AclPermissionTypes.ALLOW,
  };
  const acl = given.operations.map((one) => ({ ...rule, operation: AclOperationTypes[one] }));
  await withAdmin(connection, async (admin) => {
    await admin.createAcls({ acl });
    await waitUntil({
      what: `${given.to} has rights to ${given.name}`,
      timeoutMs: 10_000,
      signal: connection.signal,
      check: async () => {
        const { resources } = await admin.describeAcls({
          ...rule,
          operation: AclOperationTypes.ANY,
        });
        return (resources[0]?.acls.length ?? 0) >= acl.length ? true : undefined;
      },
    });
  });
}
