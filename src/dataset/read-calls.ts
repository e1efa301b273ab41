import type { ReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import streamArray from 'stream-json/streamers/stream-array.js';
import { HarnessError, messageOf } from '../model/harness-error.js';
import { byteLines } from './byte-lines.js';
import { openDataFile, unreadable } from './data-file.js';
import { callFields } from './police-call.js';
import { utf8Chunks } from './utf8-chunks.js';

interface ReadOptions {
  readonly path: string;
  /** Takes each line, or each element of an array, as it is. */
  readonly anySchema?: boolean;
  readonly maxRecords?: number;
  /** Told the length of each piece of the file that is read, in bytes. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Reads the records of a JSON array or a file of lines one at a time, so that memory does not grow with the file. They
 * must be police calls in JSON, unless any schema will do. Throws DATA_UNREADABLE, or DATA_INVALID with the line or the
 * record number.
 */
export async function* readCalls({
  path,
  anySchema = false,
  maxRecords = Infinity,
  onRead = () => undefined,
}: ReadOptions): AsyncGenerator<Buffer> {
  let records = 0;
  const isArray = (await firstCharacter(path)) === '[';
  const given = { path, onRead, record: anySchema ? asItIs : asCall };
  const source = isArray ? readArray(given) : readLines(given);
  for await (const record of source) {
    if (records >= maxRecords) return;
    records += 1;
    yield record;
  }
}

/** The first character that is neither white space nor a byte order mark. */
async function firstCharacter(path: string): Promise<string> {
  await using handle = await openDataFile(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .trimStart()
      .charAt(0);
  } catch (error) {
    throw unreadable(path, messageOf(error), error);
  }
}

type OnRead = NonNullable<ReadOptions['onRead']>;

interface Source {
  readonly path: string;
  readonly onRead: OnRead;
  /** The bytes of a record, from its text or from its value in an array. */
  readonly record: (given: Given, where: string) => Buffer;
}

type Given = { readonly text: string } | { readonly value: unknown };

/** The bytes of a file that must be UTF-8. */
async function* bytesOf(input: ReadStream, path: string, onRead: OnRead): AsyncGenerator<Buffer> {
  for await (const chunk of utf8Chunks(input as AsyncIterable<Buffer>, path)) {
    onRead(chunk.length);
    yield chunk;
  }
}

async function* readLines({ path, onRead, record }: Source): AsyncGenerator<Buffer> {
  const input = (await openDataFile(path)).createReadStream();
  let number = 0;
  try {
    for await (const line of byteLines(bytesOf(input, path, onRead))) {
      number += 1;
      const text = line.replace(/^\uFEFF/, '');
      if (text.trim() === '') continue;
      yield record({ text }, `${path}:${String(number)}`);
    }
  } finally {
    input.destroy();
  }
}

async function* readArray({ path, onRead, record }: Source): AsyncGenerator<Buffer> {
  const out = new PassThrough({ objectMode: true });
  const input = (await openDataFile(path)).createReadStream();
  const stop = new AbortController();
  const bytes = bytesOf(input, path, onRead);
  const reading = pipeline(bytes, streamArray.withParserAsStream(), out, { signal: stop.signal });
  reading.catch(() => undefined);
  let number = 0;
  try {
    for await (const item of out) {
      number += 1;
      yield record(
        { value: (item as { value: unknown }).value },
        `${path}, record ${String(number)}`,
      );
    }
    await reading;
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw invalid(`${path}, somewhere after record ${String(number)}`, messageOf(error));
  } finally {
    stop.abort();
    input.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asItIs(given: Given): Buffer {
  if ('text' in given) return Buffer.from(given.text);
  return Buffer.from(typeof given.value === 'string' ? given.value : JSON.stringify(given.value));
}

function asCall(given: Given, where: string): Buffer {
  const value = 'text' in given ? parse(given.text.trim()) : given.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(where, 'this is no JSON object');
  }
  if (!callFields.some((field) => Object.hasOwn(value, field))) {
    throw invalid(where, 'this has no field of a police call');
  }
  return Buffer.from(JSON.stringify(value));
}

function invalid(where: string, what: string): HarnessError {
  return new HarnessError({
    code: 'DATA_INVALID',
    message: `${where}: ${what}.`,
    hint: `Each record must be a JSON object with the fields of a police call: ${callFields.slice(0, 3).join(', ')}, ...`,
  });
}
