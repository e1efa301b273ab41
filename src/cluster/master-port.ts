import { connect, type Socket } from 'node:net';

/** What listens at the port that `spark.master` names: `spark` may also be another process of Spark, with the same protocol. */
export type PortAnswer = 'spark' | 'http' | 'silence' | 'other';

/** A file that no Spark serves. The line ends make an HTTP server answer, too. */
const nothing = '/files/streamtune-looks\r\n\r\n';

/** Of Spark's `Message.Type`: a StreamRequest, and the last one that may answer. */
const streamRequest = 6;
const lastType = 12;
const headerBytes = 9;

/**
 * Asks a port for a file that Spark's RPC server does not have, and takes its answer as the sign of a Spark. Other questions of no
 * sense make a master log an error; this one does not, and may be asked by anybody (`TransportRequestHandler.processStreamRequest`;
 * tried with 3.5.7 and 4.2.0).
 */
export async function answerOfPort(
  { host, port }: { readonly host: string; readonly port: number },
  { signal, patienceMs }: { readonly signal: AbortSignal; readonly patienceMs: number },
): Promise<PortAnswer> {
  const socket = connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port });
  const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    socket.write(question());
    return meaningOf(await firstBytes(socket, within));
  } finally {
    socket.destroy();
  }
}

/** A frame: its length, its type, and the text with its own length. */
function question(): Buffer {
  const text = Buffer.from(nothing);
  const frame = Buffer.alloc(headerBytes + 4);
  frame.writeBigInt64BE(BigInt(frame.length + text.length));
  frame.writeInt8(streamRequest, 8);
  frame.writeInt32BE(text.length, headerBytes);
  return Buffer.concat([frame, text]);
}

/** The start of an answer, shorter if the other side ends the connection; undefined if it says nothing in time. */
async function firstBytes(socket: Socket, within: AbortSignal): Promise<Buffer | undefined> {
  let read = Buffer.alloc(0);
  return await new Promise((resolve) => {
    const end = () => {
      resolve(read);
    };
    within.addEventListener('abort', () => {
      resolve(read.length === 0 ? undefined : read);
    });
    socket.on('error', end).on('end', end);
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      if (read.length >= headerBytes) end();
    });
  });
}

function meaningOf(answer: Buffer | undefined): PortAnswer {
  if (answer === undefined) return 'silence';
  if (answer.toString('latin1').startsWith('HTTP/')) return 'http';
  if (answer.length < headerBytes) return 'other';
  const length = answer.readBigInt64BE();
  const type = answer.readInt8(8);
  const isFrame = length > headerBytes && length < 1_000_000n && type >= 0 && type <= lastType;
  return isFrame ? 'spark' : 'other';
}
