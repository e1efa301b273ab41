import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface FakeMaster extends AsyncDisposable {
  /** For `spark.master`. */
  readonly master: string;
  /** For `spark.masterUi`. */
  readonly page: string;
}

/**
 * A master that listens, and shows its page at the same port; `more` replaces parts of what that says in JSON, and
 * `version` is that of the Spark which stands on the page for people.
 */
export async function fakeMaster(more: object = {}, version?: string): Promise<FakeMaster> {
  let url = '';
  const page = version === undefined ? 'no' : `<span class="version me-3">${version}</span>`;
  const server = createServer((request, response) => {
    response.end(request.url === '/json/' ? JSON.stringify({ ...answer(url), ...more }) : page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = String((server.address() as AddressInfo).port);
  url = `spark://cluster.example:${port}`;
  return {
    master: `spark://127.0.0.1:${port}`,
    page: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** What Spark 4.2.0 answered at /json/, shortened. */
const answer = (url: string) => ({
  url,
  workers: [
    {
      ...{ id: 'worker-1', host: '127.0.0.1', port: 39695, webuiaddress: 'http://127.0.0.1:28082' },
      ...{ cores: 2, coresused: 0, coresfree: 2, memory: 1536, memoryused: 0, memoryfree: 1536 },
      ...{ resources: {}, state: 'ALIVE', lastheartbeat: 1_795_691_129_790 },
    },
  ],
  ...{ aliveworkers: 1, cores: 2, coresused: 0, memory: 1536, memoryused: 0 },
  ...{ activeapps: [], completedapps: [], activedrivers: [], status: 'ALIVE' },
});
