import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import { openRegularFile } from '../../process/files/read-regular-file.js';
import { filesPage } from '../../report/live/files-page.js';
import { messagePage } from '../../report/live/message-page.js';
import { asFile } from '../guard/security-headers.js';
import { findRunFile } from '../run-file.js';

/** Adds the files of the run as plain text, whatever is in them, and the lists of its folders. */
export function fileRoutes(app: Hono, folder: string): void {
  app.get('/*', async (c) => {
    const path = new URL(c.req.url).pathname.slice(1);
    const found = await findRunFile(folder, path);
    if (found === undefined) {
      return c.html(messagePage('Not found', ['This run has no such page or file.']), 404);
    }
    if (found.kind === 'folder') return c.html(filesPage(path.replace(/\/$/, ''), found.files));
    const handle = await openRegularFile(found.path);
    asFile(c);
    // As it is now: a log may still grow.
    const { size } = await handle.stat();
    const stream = size === 0 ? Readable.from([]) : handle.createReadStream({ end: size - 1 });
    stream.once('close', () => void handle.close().catch(() => undefined));
    return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
    });
  });
}
