import { html, nothing } from '../html/markup.js';
import { pageFrame } from './page-frame.js';

/**
 * What somebody sees who is not let in yet: the script takes the token from the address and sends the form; without
 * scripts, it is typed in.
 */
export function enterPage({ wrong }: { readonly wrong: boolean }): string {
  return pageFrame({
    title: 'Enter',
    body: html`<h1>streamtune</h1>
      <p class="answer">This page is for the person who started streamtune here.</p>
      ${
        wrong
          ? html`<p class="warning" role="alert">
              That token is not the one of this server. Each start has a new one: take the address
              from the terminal again.
            </p>`
          : nothing
      }
      <form id="enter" method="post" action="/enter" class="ask">
        <label>
          Token: what follows <code>#token=</code> in the address that the terminal shows
          <input name="token" autocomplete="off" spellcheck="false" required />
        </label>
        <button>Enter</button>
      </form>`,
  });
}
