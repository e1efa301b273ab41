import Decoder from 'kafkajs/src/protocol/decoder.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { KafkaConnection } from '../client.js';
import { withOwnBroker } from './with-own-broker.js';

/** What a user may do with a topic, by the names of Kafka's ACLs. */
type TopicRight = keyof typeof places;

/** The place of each in the bits of an answer (`org.apache.kafka.common.acl.AclOperation`). */
const places = { Read: 3, Write: 4, Create: 5, Delete: 6, Describe: 8 } as const;

/** A topic as its user sees it. */
export type SeenTopic =
  | { readonly kind: 'there'; readonly rights: ReadonlySet<TopicRight> }
  | { readonly kind: 'missing' }
  /** It is there or not: the user may not know. */
  | { readonly kind: 'hidden' }
  /** The broker does not say it, as before Kafka 2.3. */
  | { readonly kind: 'untold' };

/** What the user of a connection may do with a topic, as the broker itself says (KIP-430). Throws BROKER_UNREACHABLE. */
export async function topicRights(connection: KafkaConnection, topic: string): Promise<SeenTopic> {
  return await withOwnBroker(connection, async ({ versions, connectionPool }) => {
    const newest = versions?.[metadata.apiKey]?.maxVersion ?? 0;
    if (newest < metadata.apiVersion) return { kind: 'untold' };
    const encode = () => Promise.resolve(requestFor(topic));
    const sent = { request: { ...metadata, encode }, response };
    return (await connectionPool.send(sent)) as SeenTopic;
  });
}

/** The first version that can ask for rights, and the last one without tagged fields. */
const metadata = { apiKey: 3, apiVersion: 8, apiName: 'Metadata' } as const;

/** The topic; whether to create it, and to tell the rights to the cluster and to the topic. */
function requestFor(topic: string): Encoder {
  return new Encoder()
    .writeArray([topic])
    .writeBoolean(false)
    .writeBoolean(false)
    .writeBoolean(true);
}

const response = {
  decode: (data: Buffer) => Promise.resolve(answerIn(new Decoder(data))),
  parse: (seen: SeenTopic) => Promise.resolve(seen),
};

function answerIn(decoder: Decoder): SeenTopic {
  decoder.readInt32(); // throttled for
  decoder.readArray(skipBroker);
  decoder.readString(); // cluster
  decoder.readInt32(); // controller
  const [topic] = decoder.readArray((each) => {
    const error = each.readInt16();
    each.readString();
    each.readBoolean(); // internal
    each.readArray(skipPartition);
    return seenBy(error, each.readInt32());
  });
  return topic ?? { kind: 'untold' };
}

function skipBroker(decoder: Decoder): void {
  decoder.readInt32();
  decoder.readString(); // host
  decoder.readInt32();
  decoder.readString(); // rack
}

function skipPartition(decoder: Decoder): void {
  decoder.readInt16(); // error
  for (let field = 0; field < 3; field += 1) decoder.readInt32(); // partition, leader, epoch
  for (let list = 0; list < 3; list += 1) decoder.readArray((each) => each.readInt32()); // replicas
}

/** Kafka's codes (`org.apache.kafka.common.protocol.Errors`). */
const unknownTopic = 3;
const notAuthorized = 29;

function seenBy(error: number, operations: number): SeenTopic {
  if (error === unknownTopic) return { kind: 'missing' };
  if (error === notAuthorized) return { kind: 'hidden' };
  const all = Object.keys(places) as TopicRight[];
  const rights = new Set(all.filter((right) => (operations & (1 << places[right])) !== 0));
  // Who is shown a topic may describe it: an answer without that says nothing.
  return rights.has('Describe') ? { kind: 'there', rights } : { kind: 'untold' };
}
