import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Markup } from '../markup.js';

/** Widths in CSS pixels for which a chart is drawn: a screen, and a phone. */
const widths = { wide: 960, narrow: 340 } as const;

/** What is needed of an element here; this is no browser, so TypeScript does not know the others. */
interface DrawnElement {
  setAttribute(name: string, value: string): void;
  readonly outerHTML: string;
}

/** Draws a chart for a wide and for a narrow page; the style sheet shows the one that fits. `description` is read aloud. */
export function picture(
  description: string,
  optionsFor: (size: { readonly isNarrow: boolean }) => Plot.PlotOptions,
): Markup {
  const drawn = (['wide', 'narrow'] as const).map((kind) => {
    const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
      readonly document: never;
    };
    const svg = Plot.plot({
      ...optionsFor({ isNarrow: kind === 'narrow' }),
      width: widths[kind],
      ariaLabel: description,
      document,
      style: { fontSize: '13px', fontFamily: 'inherit', background: 'none', color: 'inherit' },
    }) as unknown as DrawnElement;
    svg.setAttribute('role', 'img');
    return `<div class="${kind}">${svg.outerHTML}</div>`;
  });
  return { html: drawn.join('') };
}
