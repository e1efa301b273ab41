import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Toolchain } from '../../src/model/toolchain.js';

/**
 * A master and workers that speak like Spark's as far as streamtune listens: the two lines of the master's log, its
 * JSON, and workers that register. A worker with 13 cores ends at once.
 */
const program = String.raw`
const { createServer } = require('node:http');
const [name, , , ...args] = process.argv.slice(2);
const value = (option) => args[args.indexOf(option) + 1];
if (name.endsWith('Master')) {
  const workers = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    if (pathname === '/register') workers.push({ host: '127.0.0.1', state: 'ALIVE', cores: Number(searchParams.get('cores')), coresfree: Number(searchParams.get('cores')), memory: 2048, memoryfree: 2048 });
    response.end(JSON.stringify({ url: 'spark://127.0.0.1:' + server.address().port, status: 'ALIVE', workers, activeapps: [{ name: 'other' }] }));
  });
  server.on('error', (error) => { console.error('java.net.BindException: ' + error.message); process.exit(1); });
  server.listen(Number(value('--port')), '127.0.0.1', () => {
    const at = '127.0.0.1:' + server.address().port;
    console.error('INFO Master: Starting Spark master at spark://' + at);
    console.error('INFO MasterWebUI: Bound MasterWebUI to 127.0.0.1, and started at http://localhost:' + server.address().port);
  });
} else {
  if (value('--cores') === '13') { console.error('no such cores'); process.exit(3); }
  const master = args.at(-1).replace('spark:', 'http:');
  fetch(master + '/register?cores=' + value('--cores'));
  setInterval(() => undefined, 1_000_000);
}
`;

/** Writes it below the folder, and returns it as if it were installed. */
export function fakeSpark(folder: string): Pick<Toolchain, 'java' | 'spark'> {
  const home = join(folder, 'spark');
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'spark-class'), `#!${process.execPath}\n${program}`);
  chmodSync(join(home, 'bin', 'spark-class'), 0o755);
  const version = '4.0.0';
  return {
    java: { home: '/none', executable: '/none/bin/java', version: '17', major: 17, source: 'PATH' },
    spark: { home, version, scala: '2.13', source: 'PyPI', connectorJars: [] },
  };
}
