import { html, nothing } from '../html/markup.js';
import { count } from '../words/wording.js';
import { pageFrame } from './page-frame.js';

/** The files of one folder of a run that can be looked at, each with its size in bytes. */
export function filesPage(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: number }[],
): string {
  const items = files.map(
    ({ name, bytes }) =>
      html`<li><a href="/${folder}/${name}">${name}</a> <small>${count(bytes)} bytes</small></li>`,
  );
  return pageFrame({
    title: folder,
    place: '/',
    body: html`<h1>${folder}</h1>
      ${items.length === 0 ? html`<p>There is no file to look at yet.</p>` : nothing}
      <ul class="files">
        ${items}
      </ul>
      <p><a href="/">Back to the run</a></p>`,
  });
}
