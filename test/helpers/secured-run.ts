import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrapServersOf, type KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import { processesWith } from './process-state.js';
import { startStreamtune } from './streamtune.js';

/** The variable in which an experiment finds its password. */
const variable = 'STREAMTUNE_TEST_KAFKA';

/** The section `kafka` of an experiment that logs in like this, but for the password. */
export function kafkaSection(endpoint: KafkaEndpoint): string {
  const { protocol, sasl, tls } = endpoint.security;
  const settings = {
    protocol,
    ...(sasl && { mechanism: sasl.mechanism, username: sasl.username }),
    ...(sasl && { password: `\${env:${variable}}` }),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
  };
  const lines = Object.entries(settings).map(([key, value]) => `    ${key}: ${value}\n`);
  return `kafka:
  bootstrapServers: ${bootstrapServersOf(endpoint)}
  security:
${lines.join('')}`;
}

/**
 * Runs the real program to its end with a password in its environment. `seen`: the processes that showed the password in
 * their arguments meanwhile.
 */
export async function securedRun(args: readonly string[], password: string) {
  const seen: number[] = [];
  const look = setInterval(() => seen.push(...processesWith(password)), 200);
  const ended = await startStreamtune(args, { ...process.env, [variable]: password }).ended;
  clearInterval(look);
  return { ...ended, seen };
}

/** The files below a folder that hold a text. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(text));
}
