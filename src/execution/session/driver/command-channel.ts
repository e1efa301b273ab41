import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One program that takes commands and answers each, a line of JSON both ways. */
export interface CommandChannel extends AsyncDisposable {
  /** The Unix socket that the program connects to. Its folder is closed to other users, so it needs no password. */
  readonly path: string;
  /** The program's next line; undefined once it has gone. */
  readonly next: () => Promise<unknown>;
  readonly send: (command: unknown) => void;
}

/** Opens a channel. The end of either side is seen by the other at once, however it ended. */
export async function openCommandChannel(): Promise<CommandChannel> {
  const folder = await mkdtemp(join(tmpdir(), 'streamtune-'));
  const path = join(folder, 'driver');
  const server = createServer();
  const connected = new Promise<Socket | undefined>((resolve) => {
    server.once('connection', (socket) => {
      // An error of the socket is its end, which is read as such.
      socket.on('error', () => undefined);
      server.close();
      resolve(socket);
    });
    server.once('close', () => {
      resolve(undefined);
    });
  });
  server.listen(path);
  await once(server, 'listening');
  const lines = connected.then((socket) =>
    socket === undefined ? undefined : createInterface({ input: socket })[Symbol.asyncIterator](),
  );
  return {
    path,
    next: async () => {
      // A driver that goes without reading all resets the connection, which readline throws: that is its end, too.
      const line = await (await lines)?.next().catch(() => undefined);
      return line === undefined || line.done === true ? undefined : parsed(line.value);
    },
    send: (command) => {
      void connected.then((socket) => socket?.write(`${JSON.stringify(command)}\n`));
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      (await connected)?.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A program that dies may leave a part of a line. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
