import type { Context, MiddlewareHandler } from 'hono';

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

const nowhere = "base-uri 'none'; frame-ancestors 'none'";

/** Style sheets, the script and events come from this server; nothing else is loaded, and nothing runs inside a page. */
const pagePolicy = `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; ${nowhere}`;

/** A file of the run shows, with styles of its own, but does nothing and goes nowhere. */
const filePolicy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; ${nowhere}`;

/** Sets the headers that keep whatever a response holds from doing harm, on every response. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(always)) c.header(name, value);
    setIfAbsent(c, 'Referrer-Policy', 'no-referrer');
    setIfAbsent(c, 'Content-Security-Policy', pagePolicy);
  };
}

/** For a response that is a file of the run. */
export function asFile(c: Context): void {
  c.header('Content-Security-Policy', filePolicy);
}

/** For a page with a form that changes something: under no-referrer, a browser would not say whose form it is. */
export function withOrigin(c: Context): void {
  c.header('Referrer-Policy', 'same-origin');
}

function setIfAbsent(c: Context, name: string, value: string): void {
  if (!c.res.headers.has(name)) c.header(name, value);
}
