import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { enterPage } from '../../report/live/enter-page.js';
import { withOrigin } from './security-headers.js';

interface Secrets {
  readonly port: number;
  /** In the address that the terminal shows, behind the `#`: a browser sends that part nowhere. */
  readonly token: string;
  /** What the cookie holds; another secret, since other servers on this machine get the cookie too. */
  readonly session: string;
}

const limited = bodyLimit({
  maxSize: 4_096,
  onError: (c) => c.text('A token is shorter than that.\n', 413),
});

/**
 * Lets in whoever has the cookie, and gives it to whoever has the token:
 *
 *   /#token=… ──> a form ──POST /enter──> cookie (HttpOnly, SameSite=Strict) ──> /
 */
export function requireSession(secrets: Secrets): MiddlewareHandler {
  return async (c, next) => {
    const given = getCookie(c, cookieName(secrets)) ?? '';
    if (!isSame(given, secrets.session)) return ask(c, { wrong: false });
    await next();
    return undefined;
  };
}

/** Adds the exchange of the token for the cookie. */
export function enterRoute(app: Hono, secrets: Secrets): void {
  app.post('/enter', limited, async (c) => {
    const { token } = await c.req.parseBody().catch(() => ({ token: '' }));
    if (typeof token !== 'string' || !isSame(token.trim(), secrets.token)) {
      return ask(c, { wrong: true });
    }
    setCookie(c, cookieName(secrets), secrets.session, {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/' },
    });
    return c.redirect('/', 303);
  });
}

function ask(c: Context, { wrong }: { readonly wrong: boolean }): Response | Promise<Response> {
  withOrigin(c);
  return c.html(enterPage({ wrong }), wrong ? 403 : 401);
}

/** Cookies know no ports, so two servers need two names. */
function cookieName({ port }: Secrets): string {
  return `streamtune-${String(port)}`;
}

/** Takes the same time wherever the two differ. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
