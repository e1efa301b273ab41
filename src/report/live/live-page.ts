import type { LiveChoice, LiveView } from '../../model/live/live-view.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { estimatesPart } from './estimates-part.js';
import { failuresPart } from './failures-part.js';
import { nowPart } from './now-part.js';
import { pageFrame } from './page-frame.js';
import { planPart } from './plan-part.js';
import { saidText, summaryPart } from './summary-part.js';

/** A part of the page that changes while the run goes on, by the id of its element. */
export interface LivePart {
  readonly id: string;
  readonly html: string;
}

/** Every part of the page as it is now, in the order of the page. */
export function liveParts(view: LiveView, choice: LiveChoice): LivePart[] {
  const parts: readonly (readonly [string, Markup])[] = [
    ['said', html`${saidText(view)}`],
    ['summary', summaryPart(view)],
    ['now', nowPart(view)],
    ['failures', failuresPart(view)],
    ['estimates', estimatesPart(view)],
    ['plan', planPart(view, choice)],
  ];
  return parts.map(([id, markup]) => ({ id, html: markup.html.trim() }));
}

/** The page of a run: whole as it is sent, so that it can be read without scripts; the script replaces its parts. */
export function livePage(view: LiveView, choice: LiveChoice): string {
  const { name, state } = view.status;
  const [said, ...parts] = liveParts(view, choice);
  const isLive = state === 'running';
  return pageFrame({
    title: name,
    place: '/',
    body: html`<h1>${name}</h1>
      <p id="said" role="status" class="unseen">${{ html: said?.html ?? '' }}</p>
      <p id="lost" class="warning" hidden>
        The connection is lost: this is how the run was at <span></span>. It is tried again.
      </p>
      ${
        isLive
          ? html`<noscript>
              <p class="note">Without scripts this page stays as it is: load it again.</p>
            </noscript>`
          : nothing
      }
      ${parts.map((part) => html`<section id="${part.id}">${{ html: part.html }}</section>`)}`,
  });
}
