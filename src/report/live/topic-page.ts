import type { MessageView, TopicView } from '../../model/topic-view.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { count } from '../words/wording.js';
import { pageFrame } from './page-frame.js';

interface TopicPage {
  readonly topic: TopicView;
  /** The partition that is read, and the offset of the first message that is asked for. */
  readonly partition: number;
  readonly offset: number;
  /** As typed, to be seen again; empty if the offset was given. */
  readonly time: string;
  readonly messages: readonly MessageView[];
  readonly limit: number;
  /** What is wrong with what was asked for. */
  readonly problem?: string;
}

/** A topic: a form that asks for a place in it, and the messages that are there. */
export function topicPage(page: TopicPage): string {
  const { topic, partition, messages, problem } = page;
  const part = topic.partitions.find((one) => one.partition === partition);
  return pageFrame({
    title: topic.name,
    place: '/topics',
    body: html`<h1>${topic.name}</h1>
      ${form(page)}
      ${problem === undefined ? nothing : html`<p class="warning" role="alert">${problem}</p>`}
      <p>
        Partition ${partition} holds the offsets ${count(part?.earliest)} to
        ${count(part === undefined ? undefined : part.latest - 1)}.
      </p>
      ${messages.length === 0 ? html`<p>There is no message from here on.</p>` : nothing}
      <ol class="messages">
        ${messages.map((one) => html`<li>${message(one)}</li>`)}
      </ol>
      ${further(page)}`,
  });
}

function form({ topic, partition, offset, time }: TopicPage): Markup {
  const options = topic.partitions.map((one) =>
    one.partition === partition
      ? html`<option value="${one.partition}" selected>${one.partition}</option>`
      : html`<option value="${one.partition}">${one.partition}</option>`,
  );
  return html`<form method="get" class="ask">
    <label
      >Partition
      <select name="partition">
        ${options}
      </select></label
    >
    <label>
      From offset
      <input name="offset" inputmode="numeric" value="${time === '' ? offset : ''}" />
    </label>
    <label>
      or from time (UTC)
      <input name="time" placeholder="2026-01-31T20:00:00" value="${time}" />
    </label>
    <button>Show</button>
  </form>`;
}

function message({ offset, timestamp, key, value, form, bytes, isCut }: MessageView): Markup {
  const at = Number.isFinite(timestamp) && timestamp >= 0 && timestamp < 8.64e15;
  const facts = [
    at ? new Date(timestamp).toISOString() : 'without a time',
    `${count(bytes)} bytes`,
    ...(form === 'binary' ? ['no UTF-8: hexadecimal'] : []),
    ...(isCut ? ['only its beginning is shown'] : []),
  ].join(', ');
  return html`<h2 class="message">Offset ${count(offset)} <small>${facts}</small></h2>
    ${key === null ? nothing : html`<p class="note">Key <code>${key}</code></p>`}
    <pre tabindex="0"><code>${value === '' ? '(empty)' : value}</code></pre>`;
}

/** Links to what comes before and after. */
function further({ topic, partition, offset, messages, limit }: TopicPage): Markup {
  const part = topic.partitions.find((one) => one.partition === partition);
  if (part === undefined) return nothing;
  const to = (place: number, text: string) =>
    html`<a href="?partition=${partition}&offset=${place}">${text}</a> `;
  const last = messages.at(-1)?.offset;
  const before = Math.max(part.earliest, offset - limit);
  const newest = Math.max(part.earliest, part.latest - limit);
  return html`<p class="further">
    ${offset > part.earliest ? to(part.earliest, 'First') : nothing}
    ${offset > part.earliest ? to(before, 'Before') : nothing}
    ${last !== undefined && last + 1 < part.latest ? to(last + 1, 'After') : nothing}
    ${offset !== newest ? to(newest, 'Newest') : nothing}
  </p>`;
}
