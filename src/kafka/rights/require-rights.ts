import type { KafkaConnection } from '../client.js';
import { lackingRights, ownPrefix, type NeededRight } from './lacking-rights.js';
import { topicRights } from './topic-rights.js';
import { withOwnBroker } from './with-own-broker.js';

/**
 * Throws BROKER_REFUSED if the user of a connection may not do this with a topic. A topic that is missing passes, as
 * creating it tells; so does one whose broker does not say what is allowed.
 */
export async function requireRights(
  connection: KafkaConnection,
  topic: string,
  needed: readonly NeededRight[],
): Promise<void> {
  const seen = await topicRights(connection, topic);
  if (seen.kind === 'missing' || seen.kind === 'untold') return;
  const lacking = needed.filter((right) => seen.kind === 'hidden' || !seen.rights.has(right));
  if (lacking.length > 0) throw lackingRights(connection.endpoint, topic, lacking);
}

/**
 * Throws BROKER_REFUSED if the user of a connection may not see the consumer groups by which streamtune itself reads. Who
 * may read with a group may see it.
 */
export async function requireOwnGroups(connection: KafkaConnection): Promise<void> {
  await withOwnBroker(connection, async (broker) => {
    try {
      await broker.findGroupCoordinator({ groupId: ownPrefix, coordinatorType: 0 });
    } catch (error) {
      const { type } = error as { readonly type?: unknown };
      if (type !== 'GROUP_COORDINATOR_NOT_AVAILABLE') throw error; // no group has been used yet
    }
  });
}
