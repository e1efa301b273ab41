/** Reads bytes in pieces of a wanted size from chunks of any size. */
export interface ByteReader {
  /** Bytes taken so far. */
  readonly at: number;
  /** Exactly so many bytes; undefined if fewer are left. */
  take(length: number): Promise<Buffer | undefined>;
  /** The same, without taking them; shorter at the end. */
  peek(length: number): Promise<Buffer>;
  /** All that is left, chunk by chunk. */
  rest(): AsyncGenerator<Buffer>;
}

export function byteReader(chunks: AsyncIterable<Buffer>): ByteReader {
  const source = lateFault(chunks);
  let held: Buffer = Buffer.alloc(0);
  let at = 0;
  /** Holds at least so many bytes, if there are. */
  const fill = async (length: number) => {
    if (held.length < length) held = await source.added(held, length);
  };
  return {
    get at() {
      return at;
    },
    take: async (length) => {
      await fill(length);
      if (held.length < length) {
        source.end();
        return undefined;
      }
      const taken = held.subarray(0, length);
      held = held.subarray(length);
      at += length;
      return taken;
    },
    peek: async (length) => {
      await fill(length);
      return held.subarray(0, length);
    },
    rest: async function* () {
      for (let chunk: Buffer | undefined = held; chunk !== undefined; chunk = await source.next()) {
        at += chunk.length;
        if (chunk.length > 0) yield chunk;
      }
      source.end();
    },
  };
}

/** Chunks whose fault is thrown only when it is asked for: after all that came before it has been taken. */
function lateFault(chunks: AsyncIterable<Buffer>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let fault: { readonly error: unknown } | undefined;
  const next = async (): Promise<Buffer | undefined> => {
    if (fault !== undefined) return undefined;
    try {
      const result = await iterator.next();
      return result.done === true ? undefined : result.value;
    } catch (error) {
      fault = { error };
      return undefined;
    }
  };
  return {
    next,
    /** These bytes with those that follow, at least so many if there are. */
    added: async (before: Buffer, length: number): Promise<Buffer> => {
      const pieces = [before];
      for (let size = before.length; size < length;) {
        const chunk = await next();
        if (chunk === undefined) break;
        pieces.push(chunk);
        size += chunk.length;
      }
      return Buffer.concat(pieces);
    },
    /** Throws the fault, if there was one. */
    end: (): void => {
      if (fault !== undefined) throw fault.error;
    },
  };
}
