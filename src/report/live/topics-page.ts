import type { TopicView } from '../../model/topic-view.js';
import { tableOf } from '../html/figure.js';
import { html, nothing } from '../html/markup.js';
import { count } from '../words/wording.js';
import { pageFrame } from './page-frame.js';

interface Topics {
  /** Where the broker is. */
  readonly servers: string;
  readonly topics: readonly TopicView[];
  readonly more: readonly string[];
}

/** The topics of a broker, each with its partitions and how many records it holds. */
export function topicsPage({ servers, topics, more }: Topics): string {
  const columns = [
    { label: 'topic', align: 'left' },
    { label: 'partitions', align: 'right' },
    { label: 'records', align: 'right' },
    { label: 'offsets by partition', align: 'left' },
  ] as const;
  const rows = topics.map(({ name, partitions }) => [
    linkTo(name),
    count(partitions.length),
    count(partitions.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0)),
    partitions
      .slice(0, 8)
      .map((one) => `${String(one.partition)}: ${count(one.earliest)} to ${count(one.latest)}`)
      .concat(partitions.length > 8 ? ['…'] : [])
      .join('\n'),
  ]);
  return pageFrame({
    title: 'Topics',
    place: '/topics',
    body: html`<h1>Topics of ${servers}</h1>
      ${rows.length === 0 ? html`<p>This broker has no topic.</p>` : tableOf(columns, rows)}
      ${
        more.length === 0
          ? nothing
          : html`<h2>Further topics</h2>
              <ul class="files">
                ${more.map((name) => html`<li>${linkTo(name)}</li>`)}
              </ul>`
      }
      <p class="note">
        Kafka's own topics are not listed. Reading a topic takes time of the broker that a running
        trial reads from, so look between trials where you can.
      </p>`,
  });
}

function linkTo(name: string) {
  return html`<a href="/topics/${encodeURIComponent(name)}">${name}</a>`;
}
