import { html, type Markup } from '../html/markup.js';

/** The pages of a server, each by its path and its name. */
const places = [
  { path: '/', name: 'Run' },
  { path: '/topics', name: 'Topics' },
  { path: '/report.html', name: 'Report' },
] as const;

interface Frame {
  readonly title: string;
  /** Undefined before the reader is let in: then there is nowhere to go. */
  readonly place?: (typeof places)[number]['path'];
  readonly body: Markup;
}

/** A whole page around what it shows. It loads two style sheets and one script from where it is, and nothing else. */
export function pageFrame({ title, place, body }: Frame): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}: streamtune</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/report.css" />
        <link rel="stylesheet" href="/assets/live.css" />
        <script src="/assets/live.js" defer></script>
      </head>
      <body>
        ${place === undefined ? html`` : navigation(place)}
        <main>${body}</main>
      </body>
    </html> `;
  return `${page.html.trim()}\n`;
}

function navigation(here: string): Markup {
  const items = places.map(({ path, name }) =>
    path === here
      ? html`<li><a href="${path}" aria-current="page">${name}</a></li>`
      : html`<li><a href="${path}">${name}</a></li>`,
  );
  return html`<nav aria-label="Pages">
    <ul class="pages">
      ${items}
    </ul>
  </nav>`;
}
