/** Hands the token of a page to the process that serves it: an argument could be seen by everybody on the machine. */
export const tokenVariable = 'STREAMTUNE_PAGE_TOKEN';

/** The address of a run's page. What is behind the `#` stays in the browser, until the page itself sends it. */
export function pageAddress(port: number, token: string): string {
  const fragment = token === '' ? '' : `#token=${token}`;
  return `http://127.0.0.1:${String(port)}/${fragment}`;
}
