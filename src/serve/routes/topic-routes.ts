import type { Context, Hono } from 'hono';
import type { KafkaConnection } from '../../kafka/client.js';
import { describeTopics, offsetAt } from '../../kafka/browse/describe-topics.js';
import { readMessages } from '../../kafka/browse/read-messages.js';
import { describeTopic } from '../../kafka/topics.js';
import { bootstrapServersOf, type KafkaEndpoint } from '../../model/kafka-endpoint.js';
import { isTopicName } from '../../model/topic-name.js';
import type { TopicView } from '../../model/topic-view.js';
import { messagePage } from '../../report/live/message-page.js';
import { topicPage } from '../../report/live/topic-page.js';
import { topicsPage } from '../../report/live/topics-page.js';
import { askedPlace, type AskedPlace } from './asked-place.js';

interface Topics {
  /** The broker now; undefined where there is none. */
  readonly broker: () => Promise<KafkaEndpoint | undefined>;
  readonly signal: AbortSignal;
}

const messagesAtOnce = 20;

/** Adds the topics of the run's broker, and the records that they hold. Nothing is written, no group's position moves. */
export function topicRoutes(app: Hono, { broker, signal }: Topics): void {
  app.get('/topics', async (c) => {
    const endpoint = await broker();
    if (endpoint === undefined) return noBroker(c);
    const list = await describeTopics({ endpoint, signal });
    return c.html(topicsPage({ servers: bootstrapServersOf(endpoint), ...list }));
  });
  app.get('/topics/:name', async (c) => {
    const endpoint = await broker();
    if (endpoint === undefined) return noBroker(c);
    const name = c.req.param('name');
    if (!isTopicName(name))
      return c.html(messagePage('Not found', ['No topic has that name.']), 404);
    const connection = { endpoint, signal };
    const topic = await describeTopic(connection, name);
    const asked = askedPlace(topic, c.req.query());
    return c.html(await pageAt(connection, topic, asked));
  });
}

async function pageAt(
  connection: KafkaConnection,
  topic: TopicView,
  asked: AskedPlace,
): Promise<string> {
  const { partition, time, at, problem } = asked;
  const timed =
    at === undefined ? undefined : await offsetAt(connection, { topic: topic.name, partition, at });
  const offset = timed ?? asked.offset;
  const messages =
    problem === undefined
      ? await readMessages(connection, {
          ...{ topic: topic.name, partition, offset, limit: messagesAtOnce },
        })
      : [];
  return topicPage({
    ...{ topic, partition, offset, time, messages, limit: messagesAtOnce },
    ...(problem === undefined ? {} : { problem }),
  });
}

function noBroker(c: Context): Response | Promise<Response> {
  return c.html(
    messagePage('No broker', [
      'The run has a broker of its own, which lives only as long as the run goes on; a simulated run has none.',
      'To look at another one: streamtune serve DIR --bootstrap-servers HOST:PORT',
    ]),
    404,
  );
}
