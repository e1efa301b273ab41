import type { Host } from '../../src/model/host.js';

/** A host with this process's environment, whose output is kept and whose signal can be aborted. */
export function testHost(env: Host['env'] = process.env) {
  const written = { out: '', err: '' };
  const controller = new AbortController();
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: false,
    columns: 100,
  });
  const host: Host = {
    env,
    cwd: process.cwd(),
    now: () => Date.now(),
    out: sink('out'),
    err: sink('err'),
    signal: controller.signal,
  };
  return { host, written, controller };
}
