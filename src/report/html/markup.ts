import { printable } from '../../model/printable.js';

/** Finished HTML. */
export interface Markup {
  readonly html: string;
}

/** Builds HTML from a template. Texts are escaped, control characters shown as such; only Markup is taken as it is. */
export function html(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[])[]
): Markup {
  const parts = texts.map((text, index) => {
    const value = values[index];
    return value === undefined ? text : text + markupOf(value);
  });
  return { html: parts.join('') };
}

export const nothing: Markup = { html: '' };

function markupOf(value: string | number | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return escaped(printable(value));
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
