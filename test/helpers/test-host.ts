import { printable } from '../../src/model/printable.js';
import type { Host } from '../../src/model/host.js';

/** A host with this process's environment, whose output is kept and whose signal can be aborted. */
export function testHost(env: Host['env'] = process.env) {
  const written = { out: '', err: '' };
  const controller = new AbortController();
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += printable(text);
    },
    writeRaw: (text: string) => {
      written[name] += text;
    },
    isTTY: false,
    columns: 100,
    gone: new AbortController().signal,
  });
  const host: Host = {
    env,
    argv: ['streamtune'],
    cwd: process.cwd(),
    now: () => Date.now(),
    out: sink('out'),
    err: sink('err'),
    signal: controller.signal,
  };
  return { host, written, controller };
}
