import type { ReportModel } from '../../model/run/report-model.js';
import { claimCells, claimColumns, claimsNote } from '../words/evidence/claim-text.js';
import { tableOf } from './figure.js';
import { html, nothing, type Markup } from './markup.js';

/** What others say of the settings, with the sources, against what was measured; empty without claims. */
export function claimsMarkup(model: ReportModel): Markup {
  const { claims } = model;
  if (claims.length === 0) return nothing;
  const rows = claims.map((checked) => {
    const [setting = '', says = '', measured = '', outcome = ''] = claimCells(checked);
    const { source } = checked.claim;
    return [
      html`<code>${setting}</code>`,
      html`${says} <a href="${source}" rel="noreferrer">${siteOf(source)}</a>`,
      measured,
      html`<strong class="${checked.outcome}">${outcome}</strong>`,
    ];
  });
  return html`<section class="claims">
    <h2>What others say</h2>
    <p class="note">${claimsNote(model)}</p>
    ${tableOf(claimColumns, rows)}
  </section>`;
}

/** `github.com/owner/name`: enough to know whose claim it is. */
function siteOf(address: string): string {
  const [host = '', ...path] = address.replace(/^https?:\/\//, '').split('/');
  return host === 'github.com' ? [host, ...path.slice(0, 2)].join('/') : host;
}
