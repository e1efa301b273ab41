import type { Sentence } from '../words/sentence.js';
import { html, type Markup } from './markup.js';

/** A sentence with its emphasis, code and links. */
export function sentenceMarkup(sentence: Sentence): Markup {
  return html`${sentence.map((part) => {
    if (typeof part === 'string') return html`${part}`;
    if ('strong' in part) return html`<strong>${sentenceMarkup(part.strong)}</strong>`;
    return 'code' in part
      ? html`<code>${part.code}</code>`
      : html`<a href="${part.to}">${part.link}</a>`;
  })}`;
}
