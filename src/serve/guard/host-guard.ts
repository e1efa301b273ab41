import type { MiddlewareHandler } from 'hono';

/** The names under which a browser on this machine reaches the server. */
function hostsOf(port: number): string[] {
  return [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
}

/**
 * Answers 421 to a request that was sent to another host. A page on the web can give its own name the address 127.0.0.1
 * (DNS rebinding), and is then of the same origin as its server; but it cannot give itself our name.
 */
export function hostGuard(port: number): MiddlewareHandler {
  const hosts = hostsOf(port);
  return async (c, next) => {
    // The address of the request is made from its first line, where a proxy's form names a host too.
    const named = [c.req.header('host') ?? '', new URL(c.req.url).host];
    if (!named.every((host) => hosts.includes(host.toLowerCase()))) {
      return c.text('This server does not answer under that name.\n', 421);
    }
    await next();
    return undefined;
  };
}

/** Answers 403 to a request that another page makes, as far as the browser says whose it is; a form must say so. */
export function originGuard(port: number): MiddlewareHandler {
  const origins = hostsOf(port).map((host) => `http://${host}`);
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isChange = !['GET', 'HEAD'].includes(c.req.method);
    const isForeign = origin !== undefined && !origins.includes(origin);
    const isCrossSite = isChange && site !== undefined && site !== 'same-origin';
    if (isForeign || isCrossSite || (isChange && origin === undefined)) {
      return c.text('Another page may not ask this server.\n', 403);
    }
    await next();
    return undefined;
  };
}
