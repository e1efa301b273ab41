import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { html, type Markup } from '../markup.js';

/** Widths in CSS pixels for which a chart is drawn: a screen, and a phone. */
const widths = { wide: 960, narrow: 340 } as const;

/**
 * Draws a chart for a wide and for a narrow page; the style sheet shows the one that fits. Its title and what it shows in
 * words are read aloud.
 */
export function picture(
  title: string,
  optionsFor: (size: { readonly isNarrow: boolean }) => Plot.PlotOptions,
): (inWords: string) => Markup {
  return (inWords) => drawn(title, inWords, optionsFor);
}

interface Drawn {
  readonly outerHTML: string;
  readonly querySelectorAll: (selector: string) => Iterable<{
    readonly removeAttribute: (name: string) => void;
  }>;
}

function drawn(
  title: string,
  inWords: string,
  optionsFor: (size: { readonly isNarrow: boolean }) => Plot.PlotOptions,
): Markup {
  const pictures = (['wide', 'narrow'] as const).map((kind) => {
    const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
      readonly document: never;
    };
    const svg = Plot.plot({
      ...optionsFor({ isNarrow: kind === 'narrow' }),
      width: widths[kind],
      document,
      style: { fontSize: '13px', fontFamily: 'inherit', background: 'none', color: 'inherit' },
    }) as unknown as Drawn;
    // Plot names each kind of mark, which means nothing to the reader, and which ARIA forbids on a group without a role.
    for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
    // As text of the page: linkedom leaves the < of an attribute as it is.
    const start = html`<svg role="img" aria-label="${title}" aria-description="${inWords}"`;
    return `<div class="${kind}">${svg.outerHTML.replace('<svg', () => start.html)}</div>`;
  });
  return { html: pictures.join('') };
}
