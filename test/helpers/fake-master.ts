import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createPort, type AddressInfo, type Socket } from 'node:net';

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

/** Something that listens and has no page; `answer` is given what it is sent, and says nothing where that is undefined. */
export async function listener(
  answer: (asked: Buffer) => Buffer | string | undefined,
): Promise<AsyncDisposable & Pick<FakeMaster, 'master'>> {
  const open = new Set<Socket>();
  const server = createPort((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (asked) => {
      const answered = answer(asked);
      if (answered !== undefined) socket.end(answered);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    master: `spark://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** What Spark's RPC server answers who asks it for a file that it does not have: StreamFailure, with the question's name. */
export function streamFailure(asked: Buffer): Buffer {
  const why = Buffer.from(`Stream '${asked.subarray(13).toString()}' was not found.`);
  const answer = Buffer.concat([asked, Buffer.alloc(4), why]);
  answer.writeBigInt64BE(BigInt(answer.length));
  answer.writeInt8(8, 8);
  answer.writeInt32BE(why.length, asked.length);
  return answer;
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
