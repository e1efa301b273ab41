import { html } from '../html/markup.js';
import { pageFrame } from './page-frame.js';

/** A page that only says something, such as why there is nothing to see. */
export function messagePage(title: string, sentences: readonly string[]): string {
  return pageFrame({
    title,
    place: '/',
    body: html`<h1>${title}</h1>
      ${sentences.map((one) => html`<p>${one}</p>`)}
      <p><a href="/">Back to the run</a></p>`,
  });
}
