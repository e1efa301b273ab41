import type { Column } from '../column.js';
import { inWords } from './in-words.js';
import { html, nothing, type Markup } from './markup.js';

/** A chart with all that it needs to be read without seeing it. */
export interface Chart {
  /** What is seen, in a sentence. */
  readonly title: string;
  /** Draws it; what it shows in words is for those who do not see it. */
  readonly picture: (inWords: string) => Markup;
  readonly legend?: readonly { readonly color: string; readonly text: string }[];
  /** How to read it, where the title does not say enough. */
  readonly note?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** A chart under its title, and behind a click the table of what it shows. */
export function figureOf({ title, picture, legend = [], note, columns, rows }: Chart): Markup {
  const colors = legend.map(
    ({ color, text }) => html`<li><span style="background: ${color}"></span>${text}</li>`,
  );
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${
      colors.length === 0
        ? nothing
        : html`<ul class="legend">
            ${colors}
          </ul>`
    }
    ${note === undefined ? nothing : html`<p class="note">${note}</p>`}
    <div class="chart">${picture(inWords(columns, rows))}</div>
    <details>
      <summary>The figures as a table</summary>
      ${tableOf(columns, rows)}
    </details>
  </figure>`;
}

/** A table that scrolls sideways where it is wider than the page. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  const cell = (text: string | Markup) => (typeof text === 'string' ? linesOf(text) : text);
  const head = columns.map(
    ({ label, align }) => html`<th class="${align}" scope="col">${linesOf(label)}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((text, index) => html`<td class="${columns[index]?.align ?? 'left'}">${cell(text)}</td>`)}
      </tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

/** A text with its line breaks. */
export function linesOf(text: string): Markup {
  const [first = '', ...rest] = text.split('\n');
  return html`${first}${rest.map((line) => html`<br />${line}`)}`;
}
