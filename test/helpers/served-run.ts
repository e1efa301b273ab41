import { request, type IncomingHttpHeaders } from 'node:http';
import { serveRun } from '../../src/serve/serve-run.js';
import type { KafkaEndpoint } from '../../src/model/kafka-endpoint.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const token = 'token-of-this-test-token-of-this-test';

/** A served run, and ways to ask it: as anybody, or as the reader who has been let in. */
export async function servedRun(folder: string, endpoint?: KafkaEndpoint) {
  const served = await serveRun(folder, {
    port: 0,
    token,
    endpoint,
    env: process.env,
    now: () => Date.now(),
  });
  const { port } = served;
  const origin = `http://127.0.0.1:${String(port)}`;
  const ask = async (path: string, asking: Asking = {}) => await answerOf(port, path, asking);
  const form = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const enter = async (given: string, headers: Readonly<Record<string, string>> = form) =>
    await ask('/enter', { method: 'POST', headers, body: `token=${encodeURIComponent(given)}` });
  const [cookie = ''] = (await enter(token)).headers['set-cookie'] ?? [];
  const inside = { cookie: cookie.split(';')[0] ?? '' };
  return {
    ...{ port, origin, cookie, inside, ask, enter, form, watched: served.watched },
    /** Asks as the reader. */
    get: async (path: string, headers: Readonly<Record<string, string>> = {}) =>
      await ask(path, { headers: { ...inside, ...headers } }),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}

/** The path is sent as it is, whatever is in it. */
async function answerOf(port: number, path: string, asking: Asking): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = asking;
  return await new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
